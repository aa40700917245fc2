"""How long people waited in a shift: by priority, and the moments worth playing again.

Of incidents and minutes; of no unit and of nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.spans import short_span, span
from gongzhi.watch.replay.selectors.courses import waits
from gongzhi.watch.replay.selectors.shift import Shift

WORST = 10


@dataclass(frozen=True)
class Waited:
    """The incidents of one priority: how many, how many still without a unit, and the seconds
    until the first unit was sent and was there (median, nine of ten, longest)."""

    priority: int
    incidents: int
    never: int
    sent: tuple[int, int, int] | None
    there: tuple[int, int, int] | None

    @property
    def cells(self) -> list[str]:
        """The six times as a table shows them."""
        both = (self.sent, self.there)
        return [cell for times in both for cell in (map(short_span, times) if times else "–––")]


@dataclass(frozen=True)
class Moment:
    """An incident that waited long: how long (s), until when, and where to play it from."""

    matter: Matter
    seconds: int
    until: datetime
    play_from: datetime
    sent: bool

    @property
    def waited(self) -> str:
        """How long, in words."""
        return span(self.seconds)


@dataclass(frozen=True)
class Report:
    """A shift in numbers."""

    incidents: int
    waited: list[Waited]
    worst: list[Moment]


def report_of(shift: Shift) -> Report:
    """The numbers of the incidents that came in this shift."""
    came = [one for one in shift.matters if one.opened_at >= shift.window.since]
    levels = sorted({one.priority for one in came})
    worst = sorted((_moment(shift, one) for one in came), key=lambda one: -one.seconds)
    found = [_waited(shift, level, [m for m in came if m.priority == level]) for level in levels]
    return Report(len(came), found, [one for one in worst[:WORST] if one.seconds > 0])


def _waited(shift: Shift, level: int, matters: list[Matter]) -> Waited:
    opened = {one.pk: shift.window.at(one.opened_at) or 0 for one in matters}
    first = {key: shift.legs[key] for key in opened if key in shift.legs}
    sent = [min(leg.sent for leg in legs) - opened[key] for key, legs in first.items()]
    there = [
        min(arrived) - opened[key]
        for key, legs in first.items()
        if (arrived := [leg.there for leg in legs if leg.there is not None])
    ]
    never = sum(shift.incident_courses[key][-1].state == "waiting" for key in opened)
    return Waited(level, len(matters), never, _summed(sent), _summed(there))


def _summed(seconds: list[int]) -> tuple[int, int, int] | None:
    if not seconds:
        return None
    nine = quantiles(seconds, n=10, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return round(median(seconds)), round(nine), max(seconds)


def _moment(shift: Shift, matter: Matter) -> Moment:
    """Its longest wait for a unit, until the end of the shift at most."""
    last = min(shift.window.seconds, max(0, shift.window.at(shift.now) or 0))
    spans = shift.incident_courses[matter.pk]
    found = [(min(until, last) - since, since, until) for since, until in waits(spans, last)]
    seconds, since, until = max(found, default=(0, 0, 0))
    start = shift.window.since
    return Moment(
        matter, seconds, start + timedelta(seconds=min(until, last)),
        start + timedelta(seconds=max(0, since)), sent=until <= last and len(spans) > 1,
    )  # fmt: skip
