"""What goes on by itself: talks that are over are forgotten."""

from __future__ import annotations

from datetime import timedelta

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.work.workforce.care.actions import forget_over
from gongzhi.work.workforce.care.models import Slot
from gongzhi.work.workforce.care.permissions import CARE

BATCH = 200


@every(3600.0, "care.keeping")
def let_talks_go() -> int:
    """Delete times that are past, with whatever was booked; how many."""
    kept = catalogue().keeping.get("care_talks")
    before = now() - (kept.keep if kept else timedelta(days=3))
    found = list(Slot.objects.filter(starts_at__lt=before).order_by("starts_at")[:BATCH])
    return forget_over(CARE, found) if found else 0


add_limit(
    "care_talks",
    Limit(lambda at: Slot.objects.filter(starts_at__lt=at).count(), "care.keeping", uncounted=True),
)
