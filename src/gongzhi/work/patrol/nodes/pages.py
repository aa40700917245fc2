"""Nodes on a map and in a list; setting one up, changing it, ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.patrol.nodes import actions
from gongzhi.work.patrol.nodes.forms import ChangeForm, NewNodeForm
from gongzhi.work.patrol.nodes.permissions import PLAN, VIEW
from gongzhi.work.patrol.nodes.selectors.county import offers
from gongzhi.work.patrol.nodes.selectors.foreseen import foreseen
from gongzhi.work.patrol.nodes.selectors.shown import course, groups, map_content
from gongzhi.work.patrol.nodes.selectors.standing import node_of, standing
from gongzhi.work.patrol.nodes.states import Ended


@staff(VIEW)
@never_cache
@require_safe
def nodes(request: HttpRequest) -> HttpResponse:
    """All nodes that hold today, by kind."""
    today = timezone.localdate(now())
    listed = list(standing(today))
    plans = may(request.user, PLAN)
    here = {
        "groups": groups(listed, today),
        "many": len(listed),
        "offers": offers() if plans else [],
        "foreseen": foreseen(today, listed) if plans else [],
        "plans": plans,
        "map": map_of(),
        "shapes": map_content(listed),
    }
    return render(request, "nodes/nodes.html", here)


@staff(PLAN)
@require_POST
def open_kind(request: HttpRequest) -> HttpResponse:
    """All places of a kind at once."""
    many = actions.open_nodes_of(by_of(request), request.POST.get("sort", ""))
    said = ngettext("设立了 %(n)s 处巡逻点。", "设立了 %(n)s 处巡逻点。", many)
    messages.success(request, said % {"n": many})
    return redirect("nodes:nodes")


@staff(PLAN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One place, or an area drawn around a point."""
    form = NewNodeForm(request.POST if request.method == "POST" else None, _asked(request))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            kept = form.keep(by_of(request))
            messages.success(request, _("设立了巡逻点：%(node)s。") % {"node": kept})
            return redirect("nodes:node", kept.pk)
    here = {"form": form, "map": map_of()}
    return render(request, "nodes/new.html", here, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a link to the form sends along: a place, and when it matters."""
    names = ("lat", "lon", "place", "rings", "reason", "begins", "ends")
    return {name: request.GET[name][:200] for name in names if name in request.GET}


@staff(VIEW)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def node(request: HttpRequest, key: int) -> HttpResponse:
    """One node: what it is, why, until when; those who plan change it."""
    one = node_of(key)
    plans = may(request.user, PLAN) and one.ended_at is None
    form = ChangeForm(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.change_node(by_of(request), one, form.told())
            messages.success(request, _("已改。新做的方案按它来。"))
            return redirect("nodes:node", key)
    here = {
        "one": one,
        "group": groups([one], timezone.localdate(now())),
        "plans": plans,
        "form": form,
        "reasons": [pair for pair in Ended.choices if pair[0] != Ended.OVER],
        "course": course(one),
        "map": map_of(),
        "shapes": map_content([one]),
    }
    return render(request, "nodes/node.html", here, status=422 if form.errors else 200)


@staff(PLAN)
@require_POST
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Nobody need come any more."""
    one = actions.end_node(by_of(request), node_of(key), request.POST.get("ended", ""))
    messages.success(request, _("%(node)s不再是巡逻点。") % {"node": one})
    return redirect("nodes:nodes")
