"""When nodes were visited on the days before, so that today's plan is not yesterday's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone

from gongzhi.work.patrol.plans.models import Stop
from gongzhi.work.patrol.plans.selectors.shifts import Shift
from gongzhi.work.patrol.plans.states import PlanState

DAYS = 3
"""So many days before are kept away from: with more, every hour would be taken."""
Hours = tuple[int, time]
"""A node, and when its hours begin."""


def begun_before(shift: Shift) -> Mapping[Hours, tuple[int, ...]]:
    """When visits began by the plans published for shifts that began on the last days at the same
    hour: seconds of their own day, the latest day first. By places alone; which unit went, nobody
    asks. One query."""
    rows = Stop.objects.filter(
        plan__state__in=(PlanState.PUBLISHED, PlanState.REPLACED), arrives_at__isnull=False,
        plan__begins_at__in=[shift.begins - timedelta(days=n) for n in range(1, DAYS + 1)],
    )  # fmt: skip
    found: dict[Hours, list[int]] = defaultdict(list)
    for node, opens, begins, arrives in rows.values_list(
        "node_id", "opens_at", "plan__begins_at", "arrives_at"
    ).order_by("-plan__begins_at", "arrives_at", "pk"):
        midnight = datetime.combine(
            timezone.localdate(begins), time(), timezone.get_default_timezone()
        )
        assert arrives is not None  # noqa: S101  (asked for)
        hours = node, timezone.localtime(opens).time()
        found[hours].append(round((arrives - midnight).total_seconds()))
    return {hours: tuple(one) for hours, one in found.items()}
