"""Did patrols help? Where they stayed since a day, before and after, beside other places."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.places.cells import from_text
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.ids import id_in
from gongzhi.work.prevention.problems.actions.measures import MOST_AREAS
from gongzhi.work.prevention.problems.counting import yesterday
from gongzhi.work.prevention.problems.forms import named
from gongzhi.work.prevention.problems.looking import harms
from gongzhi.work.prevention.problems.permissions import VIEW
from gongzhi.work.prevention.problems.selectors.effects import effect
from gongzhi.work.prevention.problems.selectors.visits import first_visit
from gongzhi.work.prevention.problems.shapes import RING, WIDEST

USUAL, LONG, FARTHEST = timedelta(weeks=8), timedelta(weeks=26), timedelta(weeks=52)


@staff(VIEW)
@never_cache
@require_safe
def effects(request: HttpRequest) -> HttpResponse:
    """``?about=`` (a kind of harm), ``?since=``, ``?ring=``, ``?middle=`` (cells to compare with).
    Everything that was chosen stands in the address, so that it can be shown and checked."""
    kinds, given = named(harms()), request.GET
    about = given.get("about", "")
    about = about if about in dict(kinds) else kinds[0][0] if kinds else ""
    since, ring = _since(given), min(max(id_in(given.get("ring")) or RING, 1), WIDEST)
    found = effect(
        about, since, ring=ring, middles=_cells(given, "middle")[: 2 * MOST_AREAS],
        without=_cells(given, "without"),
    ) if about else None  # fmt: skip
    item = catalogue().categories.get(about)
    here = {
        "kinds": kinds, "about": about, "what": str(item.name) if item else "", "since": since,
        "chosen": "middle" in given, "ring": ring, "rings": range(1, WIDEST + 1), "found": found,
        "assessed": found.told if found else None, "latest": yesterday(),
        "map": map_of() if found else None, "shapes": found.shapes if found else None,
    }  # fmt: skip
    return render(request, "problems/effects.html", here)


def _since(given: QueryDict) -> date:
    """The day asked for; else the first on which patrols stayed anywhere, if that isn't long ago:
    a week that is half without them would count as one with them."""
    latest = yesterday()
    try:
        day = date.fromisoformat(given.get("since", ""))
    except ValueError:
        day = first_visit(latest - LONG) or latest - USUAL
    return min(max(day, latest - FARTHEST), latest)


def _cells(given: QueryDict, name: str) -> list[int]:
    """Those that are cells; what isn't one is left out."""
    found = []
    for text in given.getlist(name):
        try:
            found.append(from_text(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
