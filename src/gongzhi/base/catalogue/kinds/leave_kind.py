"""A kind of leave: what it is for, how many days there are, and which law gives them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.words import Words


class ByYears(BaseModel):
    """``days`` for somebody with at least so many ``years`` of service."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    years: int = Field(ge=0, le=60)
    days: int = Field(ge=0, le=400)


class LeaveKind(BaseModel):
    """One file in ``catalogue/leave_kinds``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    counts: Literal["working", "calendar"]
    """Which days of it are counted."""
    by_years: tuple[ByYears, ...] = ()
    """How many days a year somebody has; empty: as the case needs."""
    afterwards: int = Field(default=0, ge=0, le=60)
    """So many days afterwards it may still be asked for, as when somebody falls ill."""
    in_lieu: bool = False
    """Whether it is rest for hours that were worked too many."""
    basis: Basis | None = None

    @model_validator(mode="after")
    def _more_years_come_later(self) -> Self:
        years = [one.years for one in self.by_years]
        if years != sorted(set(years)):
            raise ValueError("by_years: expected from few years to many, each once")
        return self

    def days_after(self, years: int) -> int | None:
        """How many days a year somebody has after so many whole years; None: no fixed number."""
        due = [one.days for one in self.by_years if one.years <= years]
        return due[-1] if due else (0 if self.by_years else None)
