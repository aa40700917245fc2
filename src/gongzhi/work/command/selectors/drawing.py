"""The report's timeline, drawn: a row for each unit and partner, a mark for each round and word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.work.command.selectors.report import Report

WIDTH, LABEL, ROW, HEAD = 960, 190, 26, 30
"""In the drawing's own units."""
STEPS = (5, 10, 15, 30, 60, 120, 240, 480, 1440)
"""Minutes between two lines."""
MOST_TICKS = 10


@dataclass(frozen=True)
class Bar:
    """A stretch of time. ``kind``: waiting, moving, there, roll."""

    kind: str
    x: float
    width: float
    words: str


@dataclass(frozen=True)
class Strip:
    """One row."""

    label: str
    y: int
    middle: int
    bars: Sequence[Bar]
    dots: Sequence[float] = ()


@dataclass(frozen=True)
class Drawing:
    """The whole of it."""

    width: int
    height: int
    label: int
    ticks: Sequence[tuple[float, str]]
    strips: Sequence[Strip]


def drawn(report: Report) -> Drawing:
    """The report's timeline, from the first call to the end."""
    pen = _Pen(report.first_call, report.ended)
    rows: list[tuple[str, list[Bar], list[float]]] = [
        (one.name, pen.way(one.sent_at, None, one.there_at, one.ended_at), [])
        for one in report.went
    ]
    rows += [
        (one.name, pen.way(one.asked_at, one.answered_at, one.there_at, one.ended_at), [])
        for one in report.asked
    ]
    if report.rolls:
        bars = [pen.bar("roll", one.started_at, one.clock.stopped_at or one.clock.due_at)
                for one in report.rolls]  # fmt: skip
        rows.append((_("点名"), bars, []))
    rows.append((_("情况日志"), [], [pen.at(line.at) for line in report.lines]))
    strips = [
        Strip(label, HEAD + n * ROW, HEAD + n * ROW + ROW // 2, bars, dots)
        for n, (label, bars, dots) in enumerate(rows)
    ]
    height = HEAD + len(strips) * ROW + 8
    return Drawing(WIDTH, height, LABEL - 10, pen.ticks(), strips)


class _Pen:
    """Where a moment lies from left to right."""

    def __init__(self, since: datetime, until: datetime) -> None:
        self.since, self.until = since, max(until, since + timedelta(minutes=1))
        self.seconds = (self.until - since).total_seconds()

    def at(self, moment: datetime) -> float:
        """x of a moment; what lies outside is at the edge."""
        share = (moment - self.since).total_seconds() / self.seconds
        return round(LABEL + min(max(share, 0), 1) * (WIDTH - LABEL - 10), 1)

    def bar(self, kind: str, since: datetime, until: datetime) -> Bar:
        """A stretch of time, wide enough to be seen."""
        x = self.at(since)
        words = f"{_hour(since)}–{_hour(until)}"
        return Bar(kind, x, max(self.at(until) - x, 3), words)

    def way(
        self, asked: datetime, answered: datetime | None, there: datetime | None,
        ended: datetime | None,
    ) -> list[Bar]:  # fmt: skip
        """Waiting for an answer, on the way, there."""
        end = ended or self.until
        first = answered or there or end
        bars = [] if answered is None else [self.bar("waiting", asked, first)]
        moved = answered or asked
        bars.append(self.bar("moving", moved, there or end))
        if there is not None:
            bars.append(self.bar("there", there, end))
        return bars

    def ticks(self) -> list[tuple[float, str]]:
        """Lines at full hours, or parts of them."""
        minutes = self.seconds / 60
        step = next((one for one in STEPS if minutes / one <= MOST_TICKS), STEPS[-1]) * 60
        offset = timezone.localtime(self.since).utcoffset() or timedelta()
        first = ceil((self.since.timestamp() + offset.total_seconds()) / step) * step
        found, at = [], first - offset.total_seconds()
        while at <= self.until.timestamp():
            moment = datetime.fromtimestamp(at, tz=self.since.tzinfo)
            found.append((self.at(moment), _hour(moment)))
            at += step
        return found


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
