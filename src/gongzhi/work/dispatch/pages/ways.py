"""The ways as they are now: what is closed or slow, for whom, until when."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.dispatch.actions import lift_condition, set_condition
from gongzhi.work.dispatch.conditions import standing_conditions
from gongzhi.work.dispatch.forms import SPEEDS, WHOM, ConditionForm
from gongzhi.work.dispatch.models import WayCondition
from gongzhi.work.dispatch.permissions import CONDITIONS


@staff("dispatch.view_console")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    """What holds now; whoever may, adds to it."""
    form = ConditionForm(request.POST or None, initial=_asked(request))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            kept = set_condition(by_of(request), form.new())
            messages.success(
                request, _("已记下：%(place)s。到达时间马上按它算。") % {"place": kept}
            )
            return redirect("dispatch:ways")
    here = {
        "form": form,
        "standing": (rows := [_row(one) for one in standing_conditions()]),
        "shapes": _shapes(rows),
        "map": map_of(),
        "may_set": may(account_of(request), CONDITIONS),
    }
    return render(request, "dispatch/ways.html", here, status=422 if form.errors else 200)


@staff(CONDITIONS)
@require_POST
def lift(request: HttpRequest, key: int) -> HttpResponse:
    """Open again."""
    opened = lift_condition(by_of(request), get_object_or_404(WayCondition, pk=key))
    messages.success(request, _("%(place)s恢复通行。") % {"place": opened})
    return redirect("dispatch:ways")


def _asked(request: HttpRequest) -> dict[str, str]:
    """What an incident's page sends along: its place."""
    return {
        name: request.GET[name][:200] for name in ("lat", "lon", "place") if name in request.GET
    }


def _row(one: WayCondition) -> dict[str, Any]:
    by_kinds = {tuple(sorted(kinds)): words for words, kinds in reversed(WHOM.values())}
    whom = WHOM["ferries"][0] if one.ferries else by_kinds.get(tuple(one.kinds), "")
    speed = SPEEDS.get(str(one.speed), f"{one.speed} %")
    stopped = one.ferries and one.speed == 0
    return {"one": one, "speed": _("停航") if stopped else speed, "whom": whom,
            "closed": one.speed == 0, "ferries": one.ferries}  # fmt: skip


def _shapes(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """For the map: what is closed looks graver than what is slow; where only the ferries stop,
    the land is open."""

    def level(row: dict[str, Any]) -> str:
        if row["ferries"]:
            return "Minor"
        return "Extreme" if row["closed"] else "Moderate"

    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": json.loads(row["one"].geometry),
                "properties": {"level": level(row)},
            }
            for row in rows
        ],
    }
