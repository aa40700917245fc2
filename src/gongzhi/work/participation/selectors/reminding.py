"""When a unit may be reminded, and how often it was: read from the log, counted by matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import timedelta

from gongzhi.base.log.actions import now, subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.events import REMINDED

A_DAY = timedelta(days=1)
WAITING = ("received", "accepted", "in_progress", "reopened")


def may_be_reminded(matter: Matter) -> bool:
    """It waits for its unit, and nothing has moved for a day."""
    waits = matter.procedure == "resident_request" and matter.step in WAITING
    return waits and matter.county_id is None and now() - matter.stepped_at >= A_DAY


def was_reminded(matter: Matter) -> bool:
    """Whether somebody did so within the last day."""
    told = Entry.objects.filter(subject=subject_of(matter), kind=REMINDED.kind)
    return told.filter(at__gt=now() - A_DAY).exists()


def reminders_by_matter(keys: Collection[int]) -> Counter[int]:
    """How often units were reminded of each of these. One query."""
    label = Matter._meta.label_lower  # noqa: SLF001  (Django's documented API)
    subjects = {f"{label}:{key}": key for key in keys}
    rows = Entry.objects.filter(subject__in=subjects, kind=REMINDED.kind)
    return Counter(subjects[subject] for subject in rows.values_list("subject", flat=True))
