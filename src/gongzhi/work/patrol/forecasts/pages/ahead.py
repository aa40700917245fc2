"""What is foreseen, shift by shift, on a map; whether it was right; and by what it was foreseen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.analysis.forecast.evaluation import LEAST_CALLS
from gongzhi.base.access.marks import staff
from gongzhi.base.places.cell_names import names_of
from gongzhi.base.places.cells import as_text
from gongzhi.base.places.maps import map_of
from gongzhi.work.patrol.forecasts import audit_words, saying
from gongzhi.work.patrol.forecasts.counting import ONE_DAY
from gongzhi.work.patrol.forecasts.drawing import strip_of, table_of
from gongzhi.work.patrol.forecasts.models import Judgement
from gongzhi.work.patrol.forecasts.naming import in_words
from gongzhi.work.patrol.forecasts.permissions import VIEW
from gongzhi.work.patrol.forecasts.selectors import latest
from gongzhi.work.patrol.forecasts.selectors.shown import (
    BACK,
    ON,
    WEEKS,
    Stop,
    cells_of,
    drawn,
    record_of,
    stops_of,
    today,
)

TOP = 8
"""Cells that are listed; the map has all."""


@staff(VIEW)
@never_cache
@require_safe
def ahead(request: HttpRequest) -> HttpResponse:
    """All of it for one kind; without anything to foresee, what is missing."""
    judgement = latest()
    if judgement is None or not judgement.says_something:
        return render(request, "forecasts/none.html", _missing(judgement))
    chosen, first = saying.choices(judgement), today()
    category = _category(request, chosen)
    span = first - BACK * ONE_DAY, first + ON * ONE_DAY
    stops = stops_of(category, *span)
    past = stops_of(category, first - WEEKS, first)
    here = {
        **_told(request, category, stops),
        "judgement": judgement, "choices": chosen, "category": category, "stops": stops,
        "options": [(one.key, f"{saying.day_of(one.day)} {saying.hours_of(one.shift)}")
                    for one in stops],
        "strip": strip_of(stops) if stops else None, "table": table_of(stops),
        "record": saying.record_in_words(record_of(past)),
        **_verdicts(judgement), "weeks": saying.weeks_of(judgement),
        "fair": audit_words.areas_in_words(judgement.audit),
        "areas": audit_words.areas(judgement.audit),
        "fed": audit_words.feedback_in_words(judgement.audit),
        "map": map_of(), "drawn": drawn(category, *span), "says": _says(),
    }  # fmt: skip
    return render(request, "forecasts/ahead.html", here)


@staff(VIEW)
@never_cache
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """What is told of one shift: the piece that the page's slider asks for."""
    judgement = latest()
    chosen = saying.choices(judgement) if judgement else []
    category, first = _category(request, chosen), today()
    stops = stops_of(category, first - BACK * ONE_DAY, first + ON * ONE_DAY) if category else []
    return render(request, "forecasts/_told.html", _told(request, category, stops))


def _missing(judgement: Judgement | None) -> dict[str, Any]:
    """Why there is nothing to show."""
    if judgement is None:
        return {"why": _("还没有算过。平台运行时每天算一次，开始后几分钟就有。"), "verdicts": []}
    why = in_words(judgement.why_code, judgement.why_facts) if judgement.why_code else ""
    return {"why": why, "judgement": judgement, "verdicts": saying.verdicts(judgement)}


def _verdicts(judgement: Judgement) -> dict[str, Any]:
    every = saying.verdicts(judgement)
    return {
        "verdicts": [one for one in every if one.used],
        "lacking": [one for one in every if not one.used],
        "least": LEAST_CALLS, "held": LEAST_CALLS // 3,
    }  # fmt: skip


def _category(request: HttpRequest, chosen: list[tuple[str, str]]) -> str:
    codes = [code for code, _words in chosen]
    asked = request.GET.get("category", "")
    return asked if asked in codes else (codes[0] if codes else "")


def _told(request: HttpRequest, category: str, stops: list[Stop]) -> dict[str, Any]:
    stop = _stop(request.GET.get("at", ""), stops)
    top = cells_of(category, stop)[:TOP]
    names = names_of([one.cell for one in top])
    return {
        "stop": stop,
        "at": stops.index(stop) if stop else 0,
        "sentences": saying.stop_in_words(stop) if stop else [],
        "top": [
            {"code": as_text(one.cell), "name": name, "cell": one,
             "often": saying.often(one.expected), "range": saying.range_of(one.low, one.high)}
            for one, name in zip(top, names, strict=True)
        ],
    }  # fmt: skip


def _stop(key: str, stops: list[Stop]) -> Stop | None:
    """The one asked for; otherwise the one that is on, or the last there is."""
    by_key = {one.key: one for one in stops}
    to_come = (one for one in stops if one.came is None)
    return by_key.get(key) or next(to_come, stops[-1] if stops else None)


def _says() -> dict[str, str]:
    """Sentences for the page's script; ``%(name)s`` is filled in there."""
    return {
        "cell": _("预计 %(n)s 起，十次里有九次在 %(low)s 到 %(high)s 起之间"),
        "seldom": _("约 %(n)s 个班次 1 起；十次里有九次，一个班次不超过 %(high)s 起"),
        "calls": _("一个班次几起："), "shifts": _("几个班次 1 起："),
        "back": _("前一个班次"), "on": _("后一个班次"), "group": _("预测"),
        "failed": _("没有读到，请刷新页面再试"),
    }  # fmt: skip
