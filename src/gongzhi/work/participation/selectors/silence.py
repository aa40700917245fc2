"""Which requests were answered and then heard nothing of, and until when that may go on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter


def lapses_on(matter: Matter) -> date | None:
    """The last day on which something may still be said; None where nothing follows by itself."""
    silence = matter.step_item.silence
    if silence is None or matter.county_id is not None:
        return None
    return timezone.localdate(matter.stepped_at) + timedelta(days=silence.days)


def has_lapsed(matter: Matter, at: datetime) -> bool:
    """Whether its last day is over."""
    last = lapses_on(matter)
    return last is not None and timezone.localdate(at) > last


def silent_since_long(at: datetime, most: int) -> list[int]:
    """Requests whose last day is over, the oldest first; at most so many."""
    due = Q(pk__in=[])
    for version in catalogue().procedures["resident_request"].versions:
        for step in version.steps:
            if step.silence:
                # Taken before the day that has its last day yesterday ended.
                day = timezone.localdate(at) - timedelta(days=step.silence.days)
                before = timezone.make_aware(datetime.combine(day, time.min))
                due |= Q(version=version.code, step=step.code, stepped_at__lt=before)
    return list(_open().filter(due).order_by("stepped_at").values_list("pk", flat=True)[:most])


def _open() -> QuerySet[Matter]:
    own = Matter.objects.filter(procedure="resident_request", county__isnull=True)
    return own.filter(closed_at__isnull=True)
