"""Which visits were counted already: who books, comes and collects on one day came once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.work.public_services.events import VISITED
from gongzhi.work.public_services.models import Application


def was_counted(application: Application, day: date) -> bool:
    """Whether a visit for it was counted on this day. One query."""
    since = datetime.combine(day, time(), timezone.get_current_timezone())
    found = Entry.objects.filter(
        subject=subject_of(application.matter), kind=VISITED.kind, at__gte=since
    )
    return found.filter(at__lt=since + timedelta(days=1)).exists()
