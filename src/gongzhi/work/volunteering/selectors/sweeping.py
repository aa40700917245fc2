"""What is to be settled, and whose name nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.work.volunteering.models import SignUp, Task, Volunteer
from gongzhi.work.volunteering.states import AFTER, COMING, TaskState

KEPT = timedelta(days=90)
"""Where the catalogue says nothing; and never longer than a year."""


def to_settle(most: int) -> list[Task]:
    """Tasks that ended some hours ago."""
    rows = Task.objects.filter(state=TaskState.OPEN, ends_at__lt=now() - AFTER)
    return list(rows.order_by("pk")[:most])


def long_over(most: int) -> list[Volunteer]:
    """The next of them who are to be let go."""
    return list(over().order_by("pk")[:most])


def over() -> QuerySet[Volunteer]:
    """Those whose last task, and who came to us, so long ago that nobody has to reach them."""
    item = catalogue().keeping.get("volunteers")
    before = now() - (item.keep if item else KEPT)
    later = SignUp.objects.filter(volunteer=OuterRef("pk"), task__ends_at__gte=before)
    open_still = SignUp.objects.filter(volunteer=OuterRef("pk"), state__in=COMING)
    rows = Volunteer.objects.filter(erased_at=None, made_at__lt=before)
    return rows.exclude(Exists(later)).exclude(Exists(open_still))
