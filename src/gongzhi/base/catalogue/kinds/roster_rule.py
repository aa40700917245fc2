"""A rule that rosters keep: what it counts, how much, and where it comes from."""

from __future__ import annotations

from typing import Literal, Self

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.words import Words

Counts = Literal[
    "rest", "night_rest", "succession", "row", "short_row", "short_rest", "week_minutes",
    "week_off", "weekends", "count", "contract",
]  # fmt: skip
IN_HOURS = ("rest", "night_rest", "week_minutes")
"""What is counted in hours here."""


class RosterRule(BaseModel):
    """One file in ``catalogue/roster_rules``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    counts: Counts
    limit: int = Field(default=0, ge=0, le=400)
    """Hours for what is counted in hours; otherwise days, shifts or weekends."""
    hard: bool = True
    weight: int = Field(default=0, ge=0, le=100)
    """What breaking a soft one costs, each time."""
    shifts: tuple[Code, ...] = ()
    """Only these shifts; empty: all."""
    pairs: tuple[tuple[Code, Code], ...] = ()
    """Shifts of which the second doesn't follow the first on the next day."""
    broken: Words
    """What is said of a day that breaks it."""
    basis: Basis | None = None
    """None: the county's own rule; no statute fixes the figure."""
    reviewed: bool = False
    """Whether somebody who knows the law has looked at it."""

    @model_validator(mode="after")
    def _a_soft_one_costs(self) -> Self:
        if not self.hard and not self.weight:
            raise ValueError("weight: expected above 0 where hard = false")
        return self

    @property
    def units(self) -> int:
        """The limit as it is reckoned with: minutes for hours."""
        return self.limit * 60 if self.counts in IN_HOURS else self.limit

    @property
    def source(self) -> str:
        """The statute, or whose rule it is."""
        said = str(self.basis) if self.basis else _("本县自定")
        return said if self.reviewed else _("%(said)s（未经法律审核）") % {"said": said}


def unfit_roster_rule(rule: RosterRule, shifts: set[str]) -> list[str]:
    """Shifts that it names and there aren't."""
    named = {*rule.shifts, *(one for pair in rule.pairs for one in pair)} - shifts
    return [f"roster_rules/{rule.code}.toml: there is no shift {one!r}" for one in sorted(named)]
