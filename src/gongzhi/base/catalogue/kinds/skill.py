"""A skill: what an officer can do, for how long a certificate of it holds, and when to renew it."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.words import Words


class Skill(BaseModel):
    """One file in ``catalogue/skills``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    certified: bool = False
    """Whether only a certificate shows it."""
    months: int | None = Field(default=None, ge=1, le=240)
    """For how many months a certificate holds; None: for good."""
    warn_days: int = Field(default=90, ge=1, le=400)
    """So many days before it lapses it stands on the list to be renewed."""
    basis: Basis | None = None
    """What asks for it, where something does."""

    @model_validator(mode="after")
    def _only_certificates_lapse(self) -> Self:
        if self.months is not None and not self.certified:
            raise ValueError("months: only a certificate lapses; expected certified = true")
        return self
