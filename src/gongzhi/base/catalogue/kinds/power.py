"""A power: a decision that the log tells of, and the roles that may make it; and what is to be
reported or rotated, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongzhi.base.catalogue.kinds.category import Code
from gongzhi.base.catalogue.kinds.clock_parts import Basis
from gongzhi.base.catalogue.words import Words


class Power(BaseModel):
    """One file in ``catalogue/powers``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    event: str
    """The kind of event by which it is on the log."""
    roles: tuple[Code, ...] = Field(min_length=1)
    """Whoever has one of them may."""
    basis: Basis | None = None


class Reminder(BaseModel):
    """One file in ``catalogue/reminders``: either a report that falls due each year, or after how
    many months a sensitive post is to be rotated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    order: int = Field(default=500, ge=0, le=999)
    name: Words
    about: Words
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=28)
    """Until when in the year it is reported."""
    roles: tuple[Code, ...] = ()
    """Who reports; empty: everybody."""
    rotate_after: int | None = Field(default=None, ge=6, le=240)
    """Months in a sensitive post."""
    basis: Basis | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if (self.month is None) != (self.day is None):
            raise ValueError("day: expected together with month")
        if (self.month is None) == (self.rotate_after is None):
            raise ValueError("rotate_after: expected either it, or month and day")
        return self


def unfit_powers(
    powers: Iterable[Power], reminders: Iterable[Reminder], roles: Collection[str],
    events: Collection[str],
) -> list[str]:  # fmt: skip
    """Events and roles that aren't there."""
    wrong = [
        f"powers/{one.code}.toml: event: there is no event {one.event!r}"
        for one in powers if one.event not in events
    ]  # fmt: skip
    for folder, many in (("powers", powers), ("reminders", reminders)):
        wrong += [
            f"{folder}/{one.code}.toml: roles: there is no role {role!r}"
            for one in many for role in one.roles if role not in roles
        ]  # fmt: skip
    return wrong
