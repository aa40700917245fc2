"""Requests whose time is over, across all incidents: whom the desk has to ring."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from gongzhi.base.log.actions import now
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.selectors.requests import LinkedRow, rows, shown_request

MOST = 100


def late_requests(*, unheard: bool = False) -> QuerySet[LinkedRequest]:
    """Open ones whose time has passed. ``unheard``: and that the desk has not rung since."""
    late = LinkedRequest.objects.filter(ended_at=None, due_at__lte=now())
    rung = Q(phoned_at__isnull=False, phoned_at__gte=F("due_at"))
    return late.exclude(rung) if unheard else late


def shown_late() -> list[tuple[LinkedRow, int]]:
    """The longest late first, those that somebody rang since last; each with its incident's id.
    As many queries for a hundred as for one."""
    keys = late_requests().values("pk")
    found = list(rows().filter(pk__in=keys).order_by("due_at", "pk")[:MOST])
    found.sort(key=lambda one: one.phoned_at is not None and one.phoned_at >= (one.due_at or now()))
    return [(shown_request(one), one.matter_id) for one in found]
