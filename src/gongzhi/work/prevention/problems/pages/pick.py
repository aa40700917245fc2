"""What a press on the map asks: may this be compared with, may this be watched? The page's form has
the same in its list; nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems.counting import by_week, yesterday
from gongzhi.work.prevention.problems.looking import harms
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.pages.reading import (
    cells_given,
    near_in,
    ring_in,
    since_given,
)
from gongzhi.work.prevention.problems.permissions import VIEW
from gongzhi.work.prevention.problems.picking import Ground, disk_of, drawn, weekly
from gongzhi.work.prevention.problems.selectors.assessing import begun_on
from gongzhi.work.prevention.problems.selectors.effects import ground_of
from gongzhi.work.prevention.problems.shapes import CELL, cells_in, numbers, reach_of


@staff(VIEW)
@never_cache
@require_safe
def pick(request: HttpRequest, key: int) -> JsonResponse:
    """For a problem: ``?what=`` (comparison, near), ``lat`` and ``lon`` or ``cell``; and what is
    chosen so far."""
    one, given = Problem.objects.filter(pk=key).first(), request.GET
    if one is None:
        raise Refused(_("没有这个防范问题。"), code="no_such_problem", status=404)
    ground = Ground(frozenset(numbers(one.cells)), ring_in(given), reach=reach_of(one.cells))
    begun = begun_on(one) or yesterday()
    return _answer(given, ground, one.about, begun)


@staff(VIEW)
@never_cache
@require_safe
def pick_effects(request: HttpRequest) -> JsonResponse:
    """The same for the places where patrols stayed."""
    given = request.GET
    since = since_given(given)
    ground = ground_of(since, ring=ring_in(given), without=cells_given(given, "without"))
    if ground is None:
        raise Refused(_("这段时间没有巡逻停留"), code="no_visits", status=404)
    return _answer(given, ground, given.get("about", ""), since)


def _answer(given: QueryDict, ground: Ground, about: str, before: date) -> JsonResponse:
    if about not in harms():
        raise Refused(_("这一类事不按地点分析。"), code="category", status=422)
    middles, around = cells_in(given.getlist("middle")), near_in(given)
    chosen = tuple(disk_of(one, ground.reach) for one in middles)
    around = ground.around if around is None else around
    standing, here = replace(ground, chosen=chosen, around=around), _cell(given)
    if given.get("what") == "near":
        return JsonResponse(drawn(standing.nearby(here)))
    disk = standing.comparison(here)
    counts = by_week(about, before, before - timedelta(days=1)).of(disk).tolist()
    if not sum(counts):
        raise Refused(_("这里之前一起也没有，比不出什么，请另选。"), code="nothing", status=422)
    return JsonResponse(drawn(disk, weekly(counts)))


def _cell(given: QueryDict) -> int:
    """The one that was pressed, or named by the list."""
    if text := given.get("cell"):
        return cells_in([text])[0]
    point = place_in_county(given.get("lat"), given.get("lon"))
    return cell_of(point, CELL)
