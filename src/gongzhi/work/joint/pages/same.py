"""Requests that say the same: look, join all at once, or take apart."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.terms import shared_words
from gongzhi.base.ui.ids import id_in
from gongzhi.work.joint.actions import join_all, take_apart
from gongzhi.work.joint.models import SameThing
from gongzhi.work.joint.pages.parts import done
from gongzhi.work.joint.selectors.same import gone_on, still_open

STEP = "matters.take_step"
SHOWN = 50


@staff(STEP)
@never_cache
@require_safe
def one(request: HttpRequest, key: int) -> HttpResponse:
    """A group: what its requests have in common, the first of them, and how far joining is; of
    one that is no more, what became of it."""
    same = _same(request, key)
    found = still_open(same)
    shown = list(found[:SHOWN])
    run = same.runs.order_by("-at").first()
    here = {
        "same": same, "rows": shown, "many": found.count(), "run": run,
        "words": shared_words(one.narrative.words for one in shown) if len(shown) > 1 else [],
        "chooses": len(shown) < SHOWN, "found": same.state == SameThing.State.FOUND,
        "became": _became(same),
    }  # fmt: skip
    return render(request, "joint/same.html", here)


@staff(STEP)
@require_POST
def join(request: HttpRequest, key: int) -> HttpResponse:
    """Make the chosen ones, or all, part of the oldest."""
    same = _same(request, key)
    keys = [found for found in map(id_in, request.POST.getlist("matter")) if found]
    join_all(by_of(request), same, keys)
    return redirect("joint:same", key)


@staff(STEP)
@require_POST
def apart(request: HttpRequest, key: int) -> HttpResponse:
    """They are not about one thing."""
    take_apart(by_of(request), _same(request, key))
    page = reverse("participation:requests")
    return done(request, page, _("已分开，不会再提示这几件。"))


def _became(same: SameThing) -> dict[str, Any] | None:
    """What is to be said of a group that nobody joined and that is found no more."""
    if same.state not in (SameThing.State.OVER, SameThing.State.APART):
        return None
    rows = gone_on(same)
    return {"rows": rows[:SHOWN], "moved": len(same.keys) - rows.count()}


def _same(request: HttpRequest, key: int) -> SameThing:
    own = SameThing.objects.filter(unit=account_of(request).unit)
    return get_object_or_404(own.select_related("into__narrative", "unit"), pk=key)
