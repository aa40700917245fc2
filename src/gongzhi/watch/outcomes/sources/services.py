"""Applications that are over, and how often somebody had to come for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongzhi.watch.outcomes.sources.fact import Fact
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.selectors.visits import FINISHED


def visits(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each application whose result was collected: so many visits to a counter."""
    rows = Application.objects.filter(
        matter__step=FINISHED, matter__closed_at__gte=since, matter__closed_at__lt=until,
        matter__county=None,
    ).values_list("matter__closed_at", "matter__owner_unit_id", "service", "visits")  # fmt: skip
    for at, unit, service, came in rows:
        assert at is not None  # noqa: S101  (asked for above)
        yield Fact(at, unit, "", {"service": service}, value=float(came))
