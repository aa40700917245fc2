"""When somebody is on duty, as rosters and duty lists know it: they say so here, whoever asks need
not know them (as `people.standing` does with circles)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.people.models import Account


@dataclass(frozen=True, order=True)
class Duty:
    """One stretch of duty."""

    starts_at: datetime
    ends_at: datetime


Source = Callable[[Account, datetime, datetime], Iterable[Duty]]
"""The stretches of somebody's duty that touch the time from one moment to another."""
_sources: list[Source] = []


def add_duties(source: Source) -> None:
    """Let an app that knows when people are on duty say so."""
    _sources.append(source)


def duties_of(account: Account, start: datetime, end: datetime) -> list[Duty]:
    """When somebody was and will be on duty, in order; each stretch once."""
    return sorted({one for source in _sources for one in source(account, start, end)})


def duties_are_known() -> bool:
    """Whether anything here knows of duties."""
    return bool(_sources)
