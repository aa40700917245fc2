"""What the county wants to reach: on a day, over the weeks of a chart, and what was said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from django.utils import timezone

from gongzhi.base.catalogue.kinds.measure import Measure
from gongzhi.base.log.actions import now
from gongzhi.watch.outcomes.models import Target

Stands = Literal["reached", "missed", "unsure", ""]


def today() -> date:
    """The county's."""
    return timezone.localdate(now(), timezone.get_default_timezone())


def targets_of(codes: Iterable[str]) -> dict[str, list[Target]]:
    """Measure → its targets that weren't taken back, by day. One query."""
    found: dict[str, list[Target]] = {}
    rows = Target.objects.filter(measure__in=list(codes), ended_at=None)
    for one in rows.order_by("since", "pk"):
        found.setdefault(one.measure, []).append(one)
    return found


def on_day(targets: Sequence[Target], day: date) -> Target | None:
    """The one that holds on a day."""
    return next((one for one in reversed(targets) if one.since <= day), None)


def coming(targets: Sequence[Target], day: date) -> Target | None:
    """The next one that begins after a day."""
    return next((one for one in targets if one.since > day), None)


def over_weeks(targets: Sequence[Target], weeks: Sequence[date]) -> list[float | None]:
    """What held when each of these weeks began."""
    held = [on_day(targets, week) for week in weeks]
    return [None if one is None else one.value for one in held]


def history_of(measure: str) -> list[Target]:
    """All that were ever set, the newest first, also those that were taken back."""
    rows = Target.objects.filter(measure=measure).select_related("set_by__unit")
    return list(rows.order_by("-since", "-pk"))


def stands(measure: Measure, low: float | None, high: float | None, value: float) -> Stands:
    """Whether a number with these bounds has reached the target: only where the whole of its
    bounds lies on one side. Otherwise nobody can say, and nothing is said."""
    if low is None or high is None or measure.better == "neither":
        return ""
    if low >= value:
        return "reached" if measure.better == "up" else "missed"
    if high <= value:
        return "missed" if measure.better == "up" else "reached"
    return "unsure"
