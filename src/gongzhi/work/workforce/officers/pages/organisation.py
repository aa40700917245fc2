"""Heads, the front line's share and work a head, month by month; as a file, too."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.work.workforce.officers.drawing import lines_of
from gongzhi.work.workforce.officers.permissions import ORGANISATION
from gongzhi.work.workforce.officers.selectors.organisation import (
    FEWEST,
    Month,
    Story,
    of_all,
    stories,
)
from gongzhi.work.workforce.officers.selectors.units import units_for

HEIGHT, STEP, WIDTH = 36, 10, 7
COLUMNS = ("unit", "month", "heads", "places", "front_share_percent", "matters", "matters_a_head")


@dataclass(frozen=True)
class Bar:
    """One month's bar in a small chart."""

    x: int
    y: float
    height: float
    words: str


@dataclass(frozen=True)
class Drawn:
    """A row of the page: a unit (None: all together) and its three small charts."""

    unit: object
    last: Month
    heads: list[Bar]
    front: list[Bar]
    work: list[Bar]


@staff(ORGANISATION)
@never_cache
@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    """All units together or one (``?unit=``) as lines with a scale; each a row of small charts."""
    told = stories(units_for(account_of(request)))
    rows = [_drawn(one.unit, one.months) for one in told]
    whole = _drawn(None, of_all(told)) if len(told) > 1 else None
    key = request.GET.get("unit", "")
    chosen = next((one for one in told if str(one.unit.pk) == key), None)
    alone = chosen or (told[0] if len(told) == 1 else None)
    months = alone.months if alone else of_all(told)
    here = {
        "rows": rows, "whole": whole, "fewest": FEWEST, "chosen": alone and alone.unit,
        "lines": lines_of(months) if told else [],
        "months": told[0].months if told else [], "stories": told,
        "width": len(told[0].months) * STEP if told else 0, "height": HEIGHT, "bar": WIDTH,
    }  # fmt: skip
    return render(request, "officers/organisation.html", here)


@staff(ORGANISATION)
@never_cache
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The same numbers for a spreadsheet."""
    told = stories(units_for(account_of(request)))
    answer = HttpResponse(as_csv(told), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="organisation.csv"'
    return answer


def as_csv(told: list[Story]) -> bytes:
    """Each unit's month a row; with a byte-order mark, so that Excel reads Chinese."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for story in told:
        for one in story.months:
            few = one.a_head is None
            rows.writerow([
                story.unit, f"{one.first:%Y-%m}", one.heads, one.places,
                "" if one.front_share is None else one.front_share,
                "" if few else one.matters, "" if few else one.a_head,
            ])  # fmt: skip
    return out.getvalue().encode("utf-8-sig")


def _drawn(unit: object, months: list[Month]) -> Drawn:
    return Drawn(
        unit, months[-1],
        _bars(months, [one.heads for one in months]),
        _bars(months, [one.front_share for one in months], top=100),
        _bars(months, [one.a_head for one in months]),
    )  # fmt: skip


def _bars(
    months: list[Month], values: list[int] | list[int | None] | list[float | None], top: float = 0
) -> list[Bar]:
    """From zero, so that a small change looks small."""
    most = top or max((float(one) for one in values if one is not None), default=0) or 1
    return [
        Bar(nth * STEP, round(HEIGHT - tall, 1), round(tall, 1), f"{month.first:%Y-%m}: {value}")
        for nth, (month, value) in enumerate(zip(months, values, strict=True))
        if value is not None
        for tall in [max(1.0, HEIGHT * float(value) / most)]
    ]
