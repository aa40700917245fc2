"""Limits that were met or missed, as the clocks have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.matters.models import ClockRun
from gongzhi.watch.outcomes.sources.fact import Fact, Owners

COLUMNS = (
    "matter_id", "known", "missed", "clock", "law", "matter__owner_unit_id", "matter__town",
    "matter__procedure", "matter__category",
)  # fmt: skip


def clocks(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each limit on the day it was met, or on the day it was missed: what is done later is late,
    and is not counted again. Sealed matters and imported ones are in no number."""
    late = Q(missed_at__isnull=False) | Q(outcome=ClockRun.Outcome.MISSED)
    runs = (
        ClockRun.objects.filter(late | Q(outcome=ClockRun.Outcome.MET), matter__county=None)
        .exclude(matter__procedure__in=sealed_procedures())
        .annotate(known=Coalesce("missed_at", "stopped_at"), missed=F("missed_at"))
        .filter(known__gte=since, known__lt=until)
    )
    rows = list(runs.values_list(*COLUMNS, "outcome"))
    owners = Owners((row[0] for row in rows), since)
    for key, at, missed, clock, law, unit, town, procedure, category, outcome in rows:
        facts = {
            "clock": clock, "law": "yes" if law else "no", "procedure": procedure,
            "kind": _kind(procedure), "category": category,
        }  # fmt: skip
        met = missed is None and outcome == ClockRun.Outcome.MET
        yield Fact(at, owners.at(key, at, unit), town, facts, hit=float(met))


def _kind(procedure: str) -> str:
    item = catalogue().procedures.get(procedure)
    return item.kind if item else ""
