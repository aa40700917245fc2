"""Everything that may be wrong with the exchange, looked at by one command.

Each app of the exchange brings its own looks from `AppConfig.ready()`; what it says is read by
whoever runs the platform, on a terminal and on the page of the app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Found:
    """One thing that was looked at, in ``words``; ``wrong`` when somebody has to see to it."""

    words: str
    wrong: bool = False


Look = Callable[[], Iterable[Found]]
"""Says what it found: what is well, too, so that one sees that it was looked at. It may ask the
outside, but changes nothing and raises nothing."""


@dataclass(frozen=True)
class Check:
    """The looks of one app, under its title."""

    code: str
    title: _StrOrPromise
    look: Look


_checks: dict[str, Check] = {}


def add_check(code: str, title: _StrOrPromise, look: Look) -> None:
    """Let `gongzhi exchange check` look at this, too. Raises ValueError for a code twice."""
    if code in _checks:
        raise ValueError(f"there are two checks named {code}")
    _checks[code] = Check(code, title, look)


def all_checks() -> list[Check]:
    """In the order in which the apps were loaded."""
    return list(_checks.values())


def looked() -> Iterator[tuple[Check, list[Found]]]:
    """Each check with what it found. One that breaks is itself something wrong."""
    for one in all_checks():
        try:
            found = list(one.look())
        except Exception as broken:  # noqa: BLE001  (the others are looked at all the same)
            found = [Found(f"{type(broken).__name__}: {broken}", wrong=True)]
        yield one, found
