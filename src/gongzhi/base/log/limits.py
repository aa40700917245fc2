"""How it is seen that what should go has gone: each app says how many of its rows are older than
a limit of `catalogue/keeping` allows. Whoever shows it reads no other app's rows itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

Count = Callable[[datetime], int]


@dataclass(frozen=True)
class Limit:
    """How one limit is watched. ``overdue`` counts what is older than that moment."""

    overdue: Count
    job: str
    kinds: tuple[str, ...] = ()
    """Events that tell of what went; none where only the job tells."""
    uncounted: bool = False
    """Of what is sensitive not even a number is told, only whether there is any."""


_limits: dict[str, Limit] = {}


def add_limit(code: str, limit: Limit) -> None:
    """Watch this limit of `catalogue/keeping`, beside the job that keeps it. Asked of the rows
    themselves, not of the job: one that failed, or does nothing, shows."""
    _limits[code] = limit


def limits() -> Mapping[str, Limit]:
    """All that are watched, by code; a test allows no limit of the catalogue without one."""
    return _limits
