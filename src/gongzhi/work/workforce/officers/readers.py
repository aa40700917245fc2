"""What goes on by itself: why leave was asked for is let go some time after it is over, and a list
that nobody said yes to after a day."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.work.workforce.officers.actions import drop_people, forget_words
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import Leave, ReadList

CLOCK = Actor.system("officers")
BATCH = 100


@every(3600.0, "officers.keeping")
def let_reasons_go() -> int:
    """Erase reasons and answers of leave that is long over; how many."""
    kept = catalogue().keeping.get("leave_words")
    before = today() - (kept.keep if kept else timedelta(days=180))
    found = list(Leave.objects.filter(erased_at=None, last_day__lt=before).order_by("pk")[:BATCH])
    return forget_words(CLOCK, found) if found else 0


@every(3600.0, "officers.lists")
def let_lists_go() -> int:
    """Drop lists that were read more than a day ago; how many."""
    found = list(ReadList.objects.filter(read_at__lt=now() - timedelta(days=1))[:BATCH])
    if found:
        drop_people(CLOCK, found)
    return len(found)


add_limit(
    "leave_words",
    Limit(
        lambda at: Leave.objects.filter(
            erased_at=None, last_day__lt=timezone.localdate(at)
        ).count(),
        "officers.keeping", ("officers.leave_words_erased",),
    ),
)  # fmt: skip
