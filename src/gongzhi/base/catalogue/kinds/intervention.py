"""An intervention of prevention: what can be done about a place so that less happens there."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pydantic import BaseModel, ConfigDict, Field

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words


class Intervention(BaseModel):
    """One file in ``catalogue/interventions``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    """What it is, and how it is meant to help."""
    needs: Words
    """What it takes before it works: people, money, a permit."""
    department: Code
    """Code of the unit that usually does it; ``station`` is the police station of the place."""
    categories: tuple[Code, ...] = Field(min_length=1)
    """What it is meant against."""


def unfit_interventions(
    interventions: Iterable[Intervention], categories: Collection[str]
) -> list[str]:
    """Categories that aren't there."""
    return [
        f"interventions/{one.code}.toml: categories: there is no category {code!r}"
        for one in interventions
        for code in one.categories
        if code not in categories
    ]
