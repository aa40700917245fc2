"""The board of limits: where a unit's requests stand, how long answers take, eight weeks of them.

Units come by name. How one compares with another, with all the care that takes, is elsewhere;
here each sees what is its own to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import ClockRun, Matter, ShownElement
from gongzhi.base.people.models import Unit

SOON = timedelta(hours=24)
WEEKS = 8
FEWEST = 5
"""Of fewer answers no median is told."""


@dataclass
class Week:
    """A week's answers: how many were due by a limit, and how many came in time."""

    begins: date
    met: int = 0
    missed: int = 0

    @property
    def percent(self) -> int | None:
        """In time; None of none."""
        return round(100 * self.met / (self.met + self.missed)) if self.met + self.missed else None


@dataclass
class Line:
    """A unit's open requests by their nearest limit, and its answers of the last weeks."""

    unit: Unit
    on_time: int = 0
    soon: int = 0
    late: int = 0
    held: int = 0
    """Without a limit that runs: answered, or waiting for the resident."""
    waits: list[float] = field(default_factory=list)
    weeks: dict[date, Week] = field(default_factory=dict)

    @property
    def open(self) -> int:
        """All that haven't ended."""
        return self.on_time + self.soon + self.late + self.held

    @property
    def seconds(self) -> float | None:
        """Half of the answers came sooner; None of too few."""
        return median(self.waits) if len(self.waits) >= FEWEST else None


def board_of(requests: QuerySet[Matter]) -> list[Line]:
    """A line for each unit that has, or had in these weeks, any of the requests; by name. Four
    queries, however many."""
    at = now()
    begins = _weeks(at)
    lines: dict[int, Line] = {}
    units = {unit.pk: unit for unit in Unit.objects.all()}

    def line(key: int) -> Line:
        made = {day: Week(day) for day in begins}
        return lines.setdefault(key, Line(units[key], weeks=made))

    for key, due in _open(requests):
        _sort(line(key), due, at)
    since = timezone.make_aware(datetime.combine(begins[0], datetime.min.time()))
    for key, opened, told in _answers(requests, since):
        line(key).waits.append((told - opened).total_seconds())
    for key, stopped, outcome in _runs(requests, since):
        week = line(key).weeks.get(_monday(timezone.localdate(stopped)))
        if week is not None:
            week.met += outcome == ClockRun.Outcome.MET
            week.missed += outcome == ClockRun.Outcome.MISSED
    return sorted(lines.values(), key=lambda one: str(one.unit))


def due_soon(requests: QuerySet[Matter], most: int = 20) -> list[Matter]:
    """The open ones that are late or due within a day, the most urgent first."""
    running = Q(clocks__stopped_at__isnull=True)
    dated = requests.filter(closed_at__isnull=True).annotate(
        due=Min("clocks__due_at", filter=running)
    )
    found = dated.filter(due__lte=now() + SOON).select_related("owner_unit", "owner", "narrative")
    return list(found.order_by("due", "pk")[:most])


def answer_clocks() -> list[str]:
    """The clocks that an answer stops."""
    return [
        one.code
        for one in catalogue().clocks.values()
        if "resident_request" in one.procedures and "step:answered" in one.stops_on
    ]


def _open(requests: QuerySet[Matter]) -> Iterable[tuple[int, datetime | None]]:
    running = Q(clocks__stopped_at__isnull=True)
    found = requests.filter(closed_at__isnull=True)
    dated = found.annotate(due=Min("clocks__due_at", filter=running)).order_by()
    return dated.values_list("owner_unit", "due")


def _sort(line: Line, due: datetime | None, at: datetime) -> None:
    if due is None:
        line.held += 1
    elif due < at:
        line.late += 1
    elif due <= at + SOON:
        line.soon += 1
    else:
        line.on_time += 1


def _answers(
    requests: QuerySet[Matter], since: datetime
) -> Iterable[tuple[int, datetime, datetime]]:
    told = ShownElement.objects.filter(
        code__in=("answer", "plan"), shown_at__gte=since, matter__in=requests
    ).order_by()
    return told.values_list("matter__owner_unit", "matter__opened_at", "shown_at")


def _runs(
    requests: QuerySet[Matter], since: datetime
) -> Iterable[tuple[int, datetime | None, str]]:
    ended = ClockRun.objects.filter(
        clock__in=answer_clocks(), stopped_at__gte=since, matter__in=requests
    ).order_by()
    return ended.values_list("matter__owner_unit", "stopped_at", "outcome")


def _weeks(at: datetime) -> list[date]:
    this = _monday(timezone.localdate(at))
    return [this - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
