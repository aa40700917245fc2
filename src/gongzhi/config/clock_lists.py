"""What ``gongzhi clocks`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from gongzhi.base.calendar.counting import Counts
from gongzhi.base.calendar.due import due
from gongzhi.base.calendar.periods import Period
from gongzhi.base.calendar.vectors import Compared, compare
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.log.actions import now
from gongzhi.base.matters.clocks.ahead import due_until, of_custody, over_until
from gongzhi.base.matters.clocks.moving import county_zone
from gongzhi.base.matters.models import ClockRun


def in_force() -> int:
    """How many clocks a matter that begins today could come under."""
    today = timezone.localdate()
    return sum(clock.is_in_force(today) for clock in catalogue().clocks.values())


def compare_file(file: Path) -> Compared:
    """The file's sums against ours. Raises ValueError, with file and line, if it can't be read."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return compare(lines, catalogue().calendar, county_zone())
    except (OSError, ValueError) as wrong:
        raise ValueError(f"{file}: {wrong}") from wrong


def due_lines(within: Period) -> Iterator[str]:
    """What falls due within that time or already has: custody first, under its own heading.

    Of sealed matters, complaints against police, nothing: those who look into them have a list.
    """
    counts: Counts = (
        "hours" if within.counts_hours else "working" if within.working_days else "calendar"
    )
    found = due(
        now(), within, counts=counts, rolls=False,
        calendar=catalogue().calendar, tz=county_zone(),
    )  # fmt: skip
    if found.at is None:
        raise ValueError(f"{within}: expected a length, such as P7D or PT12H")
    sealed = sealed_procedures()
    runs = due_until(found.at).exclude(matter__procedure__in=sealed)
    runs = runs.select_related("matter__owner_unit", "party")
    custody = list(runs.filter(of_custody()))
    if custody:
        yield "custody:"
        yield from (_line(run) for run in custody)
        yield "others:"
    number = 0
    for run in runs.exclude(of_custody()).iterator():
        number += 1
        yield _line(run)
    ended = over_until(found.at).exclude(matter__procedure__in=sealed)
    over = list(ended.select_related("matter__owner_unit", "party"))
    if over:
        yield "over then, never late:"
        yield from (_line(run) for run in over)
    yield f"{len(custody) + number} due within {within}, {len(custody)} of custody"


def _line(run: ClockRun) -> str:
    ends = run.due_at or run.opens_at
    assert ends is not None  # noqa: S101
    at: datetime = timezone.localtime(ends)
    item = run.clock_item
    marks = [
        mark
        for mark, holds in (
            (item.kind if item and item.never_late else "late", ends < now() or not run.due_at),
            ("provisional", run.provisional),
            ("law", run.law),
        )
        if holds
    ]  # fmt: skip
    what = f"{item.name if item else run.clock}"
    if run.party:
        what = f"{run.party.label} {what}"
    said = f"  {at:%Y-%m-%d %H:%M}  {run.matter.number}  {what}"
    return f"{said}  {run.matter.owner_unit}" + (f"  [{', '.join(marks)}]" if marks else "")
