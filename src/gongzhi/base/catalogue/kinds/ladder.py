"""A ladder: who is told, one after the other, while a clock runs out and after it has.

Told are units, never persons, and what is told is that something waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words

Tells = Literal["unit", "deciding", "bureau"]
"""The head of the unit that has it; the unit that decides between units; the bureau."""


class Rung(BaseModel):
    """``share``: when so much of the time is gone; or ``late``: so long after it has run out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: float | None = Field(default=None, gt=0, lt=1)
    late: timedelta | None = Field(default=None, ge=timedelta(0), le=timedelta(days=366))
    tells: Tells

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.share is None) == (self.late is None):
            raise ValueError("share, late: expected exactly one of them")
        return self

    def at(self, started: datetime, due: datetime) -> datetime:
        """When it is reached."""
        if self.late is not None:
            return due + self.late
        assert self.share is not None  # noqa: S101  (one of the two stands)
        return started + (due - started) * self.share


class Example(BaseModel):
    """A run of the clock, looked at: how many rungs it has reached by then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: datetime
    due: datetime
    at: datetime
    reached: int = Field(ge=0)


class Ladder(BaseModel):
    """One file in ``catalogue/ladders``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    clocks: tuple[Code, ...] = Field(min_length=1)
    rungs: tuple[Rung, ...] = Field(min_length=1, max_length=8)
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _goes_up(self) -> Self:
        """Shares first, then lateness, each later than the one before it."""
        keys = [(0, one.share) if one.late is None else (1, one.late) for one in self.rungs]
        for before, after in pairwise(keys):
            if before[0] > after[0] or (before[0] == after[0] and before[1] >= after[1]):  # type: ignore[operator]
                raise ValueError("rungs: expected each later than the one before it")
        return self

    @model_validator(mode="after")
    def _examples_come_out(self) -> Self:
        for n, one in enumerate(self.examples, 1):
            found = self.reached(one.start, one.due, one.at)
            if found != one.reached:
                raise ValueError(f"examples: number {n} reaches {found}, not {one.reached}")
        return self

    def reached(self, started: datetime, due: datetime, at: datetime) -> int:
        """How many rungs a run has reached by then."""
        return sum(rung.at(started, due) <= at for rung in self.rungs)


def unfit_ladders(ladders: Iterable[Ladder], clocks: Iterable[str]) -> list[str]:
    """What only the whole catalogue shows: clocks that aren't there, one on two ladders."""
    known, wrong, seen = set(clocks), list[str](), dict[str, str]()
    for one in ladders:
        where = f"ladders/{one.code}.toml"
        for clock in one.clocks:
            if clock not in known:
                wrong.append(f"{where}: clocks: there is no clock {clock!r}")
            if seen.setdefault(clock, one.code) != one.code:
                wrong.append(f"{where}: clocks: {clock} is on ladders/{seen[clock]}.toml, too")
    return wrong
