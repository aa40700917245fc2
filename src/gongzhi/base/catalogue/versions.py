"""Dated versions of one item: which is in force when, and that no two are at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class Version(Protocol):
    """What any version has."""

    @property
    def code(self) -> str:
        """By which a matter or a document keeps it."""

    @property
    def in_force_from(self) -> date:
        """Its first day."""


V = TypeVar("V", bound=Version)


def in_force_on(versions: Sequence[V], day: date) -> V:
    """The version in force on `day`; the first one before that."""
    begun = [one for one in versions if one.in_force_from <= day]
    if not begun:
        return min(versions, key=lambda one: one.in_force_from)
    return max(begun, key=lambda one: one.in_force_from)


def with_code(versions: Sequence[V], code: str, of: str) -> V:
    """The version with this code; KeyError when a county took it away from the item `of`."""
    for one in versions:
        if one.code == code:
            return one
    raise KeyError(f"{of} has no version {code}")


def require_apart(versions: Sequence[Version]) -> None:
    """Refuse (ValueError) a code that stands twice, and two in force from one day."""
    seen: dict[date, str] = {}
    for one in versions:
        if one.code in seen.values():
            raise ValueError(f"versions.{one.code}: each code may stand only once")
        other = seen.setdefault(one.in_force_from, one.code)
        if other != one.code:
            raise ValueError(
                f"versions.{one.code}.in_force_from: {other} is in force from that day, too"
            )
