"""The list of simulations, and what one came to."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.simulations.changes import Changes
from gongzhi.work.patrol.simulations.models import Repeat, Simulation
from gongzhi.work.patrol.simulations.pages.asking import simulation_of
from gongzhi.work.patrol.simulations.permissions import RUN, VIEW
from gongzhi.work.patrol.simulations.selectors.asked import changes_of
from gongzhi.work.patrol.simulations.selectors.choices import Names, in_words, names_in
from gongzhi.work.patrol.simulations.selectors.kept import headline_kept, told_of

A_PAGE = 10
TONES = {"waiting": "plain", "running": "note", "stopped": "warn", "done": "good", "failed": "bad"}


@staff(VIEW)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first, each with its headline: so they can be compared."""
    every = Simulation.objects.select_related("asked_by")
    page = Paginator(every.order_by("-asked_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    counted = Repeat.objects.filter(simulation__in=page.object_list).values_list("simulation")
    done = dict(counted.annotate(n=Count("pk")))
    known = [_changes(one) for one in page.object_list]
    names = names_in([one for one in known if one is not None])
    rows = [
        {"simulation": one, "done": done.get(one.pk, 0), "tone": TONES[one.state],
         "head": headline_kept(one), "words": _words(changes, names)}
        for one, changes in zip(page.object_list, known, strict=True)
    ]  # fmt: skip
    here = {
        "page": page, "rows": rows, "may_run": may(request.user, RUN),
        "under_way": any(one.under_way for one in page.object_list),
    }  # fmt: skip
    return render(request, "simulations/index.html", here)


@staff(VIEW)
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """What changes, how far it is, and what came of it by area, priority and unit."""
    simulation = simulation_of(key)
    here = _counted(simulation) | {
        "words": _words(_changes(simulation)), "told": told_of(simulation),
        "may_run": may(request.user, RUN),
    }  # fmt: skip
    return render(request, "simulations/one.html", here)


@staff(VIEW)
@never_cache
@require_safe
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """How far it is, for the bar that looks every other second; once it is over, the whole page is
    asked for."""
    simulation = simulation_of(key)
    answer = render(request, "simulations/_progress.html", _counted(simulation))
    if not simulation.under_way:
        answer["HX-Refresh"] = "true"
    return answer


def _counted(simulation: Simulation) -> dict[str, Any]:
    return {"simulation": simulation, "done": simulation.rows.count(),
            "tone": TONES[simulation.state]}  # fmt: skip


def _changes(simulation: Simulation) -> Changes | None:
    try:
        return changes_of(simulation)
    except Refused:
        return None


def _words(changes: Changes | None, names: Names | None = None) -> list[str]:
    if changes is None:
        return [_("这次推演的改动已经看不懂了，请重新安排。")]
    return [said for _key, said in in_words(changes, names)]
