"""The county's own calls, up to the end of a day: what is foreseen, and where police were.

What officers came upon is in no count. It is read for one thing: whether their presence makes calls
that would call for more of it, which the audit says in public.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

import h3.api.basic_int as h3
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from gongzhi.analysis.forecast import Unfit
from gongzhi.analysis.forecast.evaluation import LEAST_DAYS
from gongzhi.base.catalogue.kinds.forecast import foreseen
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.residents import RESIDENTS, own_incidents
from gongzhi.work.dispatch.models import Assignment
from gongzhi.work.patrol.forecasts.counting import (
    CALLS,
    HELD,
    ONE_DAY,
    PRESENCE,
    UNCOUNTED,
    Panel,
    Read,
    panel_of,
    whole_days,
)

SHIFTS = (0, 8, 16)
"""The hours at which a day's shifts begin."""
AHEAD = 7
"""Days that are foreseen. Ways are judged as of a week ahead, which is the hardest of them."""
ENOUGH = LEAST_DAYS
"""Days without which nothing is foreseen."""
BACK = 3 * 366
"""Days that are learnt from."""
EDITION = "1"
"""Of the way in which this is done: another one makes all judgements anew."""


@dataclass(frozen=True)
class Known:
    """What is counted, and what was read for it."""

    panel: Panel
    read: Read


def series() -> dict[str, str]:
    """Category → what it is counted as. What isn't here is never foreseen."""
    whole = catalogue().forecasts
    harm = {code: code for code in foreseen(whole, "harm")}
    return dict.fromkeys(foreseen(whole, "demand"), CALLS) | harm


def basis() -> str:
    """Of all that a judgement rests on besides the calls."""
    parts = (EDITION, sorted(series().items()), SHIFTS, HELD, AHEAD, settings.TIME_ZONE)
    return sha256(repr(parts).encode()).hexdigest()


def known_until(last: date) -> Known:
    """Everything up to the end of this day. Raises `Unfit` where nothing was counted yet."""
    found = read_between(last - BACK * ONE_DAY, last)
    if not found.at:
        raise Unfit("few_days", days=0, least=LEAST_DAYS)
    zone = str(settings.TIME_ZONE)
    first, _days = whole_days(found, zone, SHIFTS)
    over = first, max((last - first).days + 1, 0)
    if not over[1]:
        raise Unfit("few_days", days=0, least=LEAST_DAYS)
    return Known(panel_of(found, over, zone, SHIFTS, HELD, "duckdb"), found)


def read_between(since: date, until: date) -> Read:
    """Of these days, both included."""
    found, listed = Read(), series()
    for at, cell, code, channel in _rows(own_incidents(), since, until):
        found.rows += 1
        category = listed.get(code, UNCOUNTED)
        if channel not in RESIDENTS:
            found.out["own_work"] += 1
            category = PRESENCE
        elif category == UNCOUNTED:
            found.not_listed[code] += 1
        elif cell is None:
            found.out["no_place"] += 1
            category = UNCOUNTED
        found.add(at, _coarser(cell), category)
    for at, cell in _arrivals(since, until, harm=[*foreseen(catalogue().forecasts, "harm")]):
        found.add(at, _coarser(cell), PRESENCE)
    return found


def goes_back_before(day: date) -> bool:
    """Whether there are calls of before this day. One query."""
    return own_incidents().filter(opened_at__lt=begin_of(day)).exists()


def begin_of(day: date) -> datetime:
    """The day's first moment in the county."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def _rows(
    matters: QuerySet[Matter], since: date, until: date
) -> Iterable[tuple[datetime, int | None, str, str]]:
    told = matters.filter(
        opened_at__gte=begin_of(since), opened_at__lt=begin_of(until + timedelta(days=1))
    )
    return told.order_by("pk").values_list("opened_at", "h9", "category", "channel").iterator()


def _arrivals(since: date, until: date, harm: list[str]) -> Iterator[tuple[datetime, int]]:
    """When police came somewhere for what is no harm of the list: a presence that those calls
    didn't cause. Which crew it was isn't asked."""
    found = Assignment.objects.filter(
        on_scene_at__gte=begin_of(since), on_scene_at__lt=begin_of(until + timedelta(days=1)),
        matter__procedure="incident", matter__county=None, matter__h9__isnull=False,
    )  # fmt: skip
    told = found.exclude(matter__category__in=harm).order_by("pk")
    for at, cell in told.values_list("on_scene_at", "matter__h9").iterator():
        if at is not None and cell is not None:
            yield at, cell


def _coarser(cell: int | None) -> int:
    return int(h3.cell_to_parent(cell, HELD)) if cell else 0
