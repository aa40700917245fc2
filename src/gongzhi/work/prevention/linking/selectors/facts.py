"""What is compared: the county's own incidents and requests of categories that the catalogue
allows, as facts without words or persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from gongzhi.analysis.linkage import INCIDENTS, REQUESTS, Fact, Series, series_among
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.terms import terms_of

WINDOW = timedelta(days=90)
"""What is older is compared with nothing."""
PROCEDURES = {False: "incident", True: "resident_request"}
"""Drills, cases and everything sealed are other procedures."""
SMALLEST = {False: 3, True: 2}
"""Two incidents that resemble each other are no series; two requests can be one."""
MOST = 20_000
"""Of one procedure, the newest."""
_RULES = {False: INCIDENTS, True: REQUESTS}
_COLUMNS = ("pk", "opened_at", "category", "lat", "lon", "answers", "narrative__words")


def found_among(at: datetime, *, topic: bool) -> list[Series]:
    """What looks linked now, the likeliest first. Seconds of work for ten thousand matters."""
    facts = list(_facts(at, topic=topic))
    return series_among(facts, _RULES[topic], smallest=SMALLEST[topic])


def _facts(at: datetime, *, topic: bool) -> Iterator[Fact]:
    groups = {code: str(one.group.zh) for code, one in catalogue().categories.items() if one.linked}
    rows = Matter.objects.filter(
        procedure=PROCEDURES[topic], county=None, merged_into=None,
        opened_at__gte=at - WINDOW, opened_at__lte=at, category__in=list(groups),
    ).order_by("-opened_at")  # fmt: skip
    for key, opened, category, lat, lon, answers, told in rows.values_list(*_COLUMNS)[:MOST]:
        local = timezone.localtime(opened, timezone.get_default_timezone())
        yield Fact(
            key, opened.timestamp(), local.hour + local.minute / 60, category, groups[category],
            lat, lon, _codes(answers), terms_of(told or ""),
        )  # fmt: skip


def _codes(answers: Mapping[str, Any]) -> frozenset[str]:
    """Answers that were chosen; numbers are told, not chosen."""
    return frozenset(f"{code}={said}" for code, said in answers.items() if isinstance(said, str))
