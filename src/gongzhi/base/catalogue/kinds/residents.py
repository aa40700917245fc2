"""How many people live where: what rates are told for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, PositiveInt

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class Residents(BaseModel):
    """One file in ``catalogue/residents``; the latest one counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    as_of: date
    source: Words
    """Who counted them, so that somebody can look it up."""
    towns: Mapping[Code, PositiveInt] = Field(min_length=1)
    """Code of the town → people who live there."""

    @property
    def all(self) -> int:
        """The whole county's."""
        return sum(self.towns.values())


def living_in(files: Iterable[Residents]) -> Mapping[str, int]:
    """Town → residents, as they were counted last; empty where no file says."""
    latest = max(files, key=lambda one: one.as_of, default=None)
    return latest.towns if latest else {}
