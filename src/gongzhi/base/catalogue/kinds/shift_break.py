"""A break that a crew has on its shift: how long, and from when until when it may begin."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.words import Words, in_both

IN_ORDER = _("earliest 要在 latest 之前，而且在班次结束之前休得完")
COMES_OUT = _("例子第 %(n)s 条：应是 %(expected)s，结果是 %(found)s")
Span = tuple[timedelta, timedelta]


class Hours(BaseModel):
    """When it may begin in shifts of at least so many hours: minutes after they begin."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: float = Field(gt=0, le=24)
    earliest: int = Field(ge=0, le=1440)
    latest: int = Field(ge=0, le=1440)


class Example(BaseModel):
    """A shift so long, and when its break may begin; without: it has none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: float = Field(gt=0, le=24)
    earliest: int | None = None
    latest: int | None = None


class ShiftBreak(BaseModel):
    """One file in ``catalogue/breaks``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    minutes: int = Field(ge=5, le=120)
    shifts: tuple[Hours, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_taken(self) -> Self:
        for one in self.shifts:
            ends = one.latest + self.minutes
            if not (one.earliest <= one.latest and ends <= one.hours * 60):
                raise ValueError(f"shifts: {in_both(IN_ORDER)}")
        for n, example in enumerate(self.examples, 1):
            found = self.of(timedelta(hours=example.hours))
            given = None if found is None else [round(one / timedelta(minutes=1)) for one in found]
            expected = None if example.earliest is None else [example.earliest, example.latest]
            if given != expected:
                said = in_both(COMES_OUT, n=n, expected=expected, found=given)
                raise ValueError(f"examples: {said}")
        return self

    def of(self, shift: timedelta) -> Span | None:
        """From when until when it may begin, after the beginning of a shift so long; None where
        such a shift has none."""
        fit = [one for one in self.shifts if timedelta(hours=one.hours) <= shift]
        if not fit:
            return None
        one = max(fit, key=lambda each: each.hours)
        return timedelta(minutes=one.earliest), timedelta(minutes=one.latest)
