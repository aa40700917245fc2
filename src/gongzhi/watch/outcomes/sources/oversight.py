"""What supervision found and how it was answered, case files that were reviewed, recorded looks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.events import PERSON_READ
from gongzhi.watch.outcomes.sources.fact import Fact, chunks
from gongzhi.watch.supervision.events import ANSWER_MISSED, ANSWERED
from gongzhi.watch.supervision.models import Finding, Review


def findings(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each finding on the day its answer came in time, or was missed."""
    rows = Entry.objects.filter(
        kind__in=(ANSWERED.kind, ANSWER_MISSED.kind), at__gte=since, at__lt=until
    )
    told = list(rows.order_by("seq").values_list("kind", "at", "subject"))
    keys = [int(subject.rpartition(":")[2]) for _kind, _at, subject in told]
    known = {
        one[0]: one[1:]
        for some in chunks(keys)
        for one in Finding.objects.filter(pk__in=some).values_list(
            "pk", "answerer_id", "rule", "severity", "missed_at"
        )
    }
    for (kind, at, _subject), key in zip(told, keys, strict=True):
        unit, rule, severity, missed = known.get(key, (None, "", "", None))
        late = missed is not None and missed < at
        if kind == ANSWER_MISSED.kind or not late:
            facts = {"rule": rule, "severity": severity}
            yield Fact(at, unit, "", facts, hit=float(kind == ANSWERED.kind))


def reviews(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each case file that was drawn by lot and reviewed: its points, of those there were."""
    rows = Review.objects.filter(
        reviewed_at__gte=since, reviewed_at__lt=until, points__isnull=False
    ).values_list("reviewed_at", "matter__owner_unit_id", "draw__checklist", "points", "of")
    for at, unit, checklist, points, most in rows:
        assert at is not None  # noqa: S101  (asked for above)
        assert points is not None  # noqa: S101
        yield Fact(at, unit, "", {"checklist": checklist}, hit=float(points), of=float(most))


def looks(since: datetime, until: datetime) -> Iterator[Fact]:
    """Each recorded look at somebody's details, by what it was for and which unit; never whose,
    nor by whom. Looks at sealed matters are left out, so that nothing of those can be told."""
    rows = Entry.objects.filter(kind=PERSON_READ.kind, at__gte=since, at__lt=until)
    told = [(at, json.loads(text)) for at, text in rows.values_list("at", "text")]
    matters = [one["matter"] for _at, one in told if one.get("matter")]
    sealed = {
        key
        for some in chunks(matters)
        for key in Matter.objects.filter(
            pk__in=some, procedure__in=sealed_procedures()
        ).values_list("pk", flat=True)
    }
    for at, one in told:
        if one.get("matter") not in sealed:
            yield Fact(at, one.get("unit"), "", {"purpose": one.get("purpose") or ""})
