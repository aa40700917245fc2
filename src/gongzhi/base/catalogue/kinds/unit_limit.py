"""How long a unit may stay at what it is doing before somebody should ask.

A question to the desk and to the crew, never a judgement: nothing is counted by unit or person.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code, Priority
from gongzhi.base.catalogue.kinds.unit_status import Meaning
from gongzhi.base.catalogue.words import Words, in_both

Since = Literal["status", "expected", "heard"]
"""From when it counts: the status began; the expected arrival; the position was heard of last."""
Says = Literal["nothing", "soon", "late"]

LAST_FOR_ALL = _("最后一条 times 不写 priority、categories、statuses，对其余的都适用")
COMES_OUT = _("例子第 %(n)s 条：应是 %(expected)s，结果是 %(found)s")


class Time(BaseModel):
    """So many minutes, for these priorities, categories and finer statuses; empty: for all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: float = Field(gt=0, le=24 * 60)
    priority: tuple[Priority, ...] = ()
    categories: tuple[Code, ...] = ()
    statuses: tuple[Code, ...] = ()

    def fits(self, priority: int | None, category: str, status: str) -> bool:
        """Whether it is for a unit on such an incident, at such a finer status."""
        return (
            (not self.priority or priority in self.priority)
            and (not self.categories or category in self.categories)
            and (not self.statuses or status in self.statuses)
        )


class Example(BaseModel):
    """A unit that has stood so long, and what is said of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: float
    priority: Priority | None = None
    category: str = ""
    status: str = ""
    says: Says


class UnitLimit(BaseModel):
    """One file in ``catalogue/unit_limits``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    at: tuple[Meaning, ...] = Field(min_length=1)
    """The meanings at which it counts."""
    since: Since = "status"
    before: float = Field(default=0, ge=0, le=240)
    """So many minutes ahead is it said that the time runs out."""
    soon: Words
    """What is said ahead of it."""
    late: Words
    """What is said when the time is over."""
    times: tuple[Time, ...] = Field(min_length=1)
    """The first that fits counts."""
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _leaves_nobody_out(self) -> Self:
        last = self.times[-1]
        if last.priority or last.categories or last.statuses:
            raise ValueError(f"times: {in_both(LAST_FOR_ALL)}")
        return self

    def minutes_for(self, priority: int | None, category: str, status: str) -> float:
        """How long it may take."""
        return next(t.minutes for t in self.times if t.fits(priority, category, status))

    def says(self, minutes: float, priority: int | None, category: str, status: str) -> Says:
        """What is to be said after so many minutes."""
        limit = self.minutes_for(priority, category, status)
        if minutes >= limit:
            return "late"
        return "soon" if self.before and minutes >= limit - self.before else "nothing"


def unfit_limit(limit: UnitLimit, categories: Sequence[str], statuses: Sequence[str]) -> list[str]:
    """What only the whole catalogue shows: what isn't there, examples that come out otherwise."""
    named = {code for time in limit.times for code in time.categories} - set(categories)
    wrong = [f"times.categories: there is no category {code!r}" for code in sorted(named)]
    finer = {code for time in limit.times for code in time.statuses} - set(statuses)
    wrong += [f"times.statuses: there is no status {code!r}" for code in sorted(finer)]
    for n, one in enumerate(limit.examples, 1):
        found = limit.says(one.minutes, one.priority, one.category, one.status)
        if found != one.says:
            wrong.append(f"examples: {in_both(COMES_OUT, n=n, expected=one.says, found=found)}")
    return [f"unit_limits/{limit.code}.toml: {one}" for one in wrong]
