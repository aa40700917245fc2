"""Putting a simulation together, change by change; stopping it, going on, dropping it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from pydantic import ValidationError

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.simulations import actions
from gongzhi.work.patrol.simulations.changes import Changes, Place
from gongzhi.work.patrol.simulations.models import Simulation
from gongzhi.work.patrol.simulations.permissions import RUN
from gongzhi.work.patrol.simulations.selectors.choices import in_words, offered

MOST = 20
"""Changes in one simulation."""
LONGEST = 20_000
Given = dict[str, Any]


@staff(RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form. Its changes so far come along with each answer; nothing is kept before it is
    asked to run."""
    given, problem, status = _so_far(request.POST), "", 200
    before = given
    try:
        if name := request.POST.get("add"):
            one = _read(name, request.POST)
            given = before | {name: [*before.get(name, []), one]}
            _checked(given)
        elif key := request.POST.get("take_out"):
            _take_out(given, key)
        elif request.method == "POST":
            made = _asked(request, given)
            messages.success(request, _("已排上，会在后台一轮一轮地推演。可以先去做别的。"))
            return redirect("simulations:one", made.pk)
    except Refused as refused:
        given, problem, status = before, str(refused), refused.status
    changes = _checked(given)
    here = {
        "map": map_of(), "offered": offered(), "words": in_words(changes), "problem": problem,
        "changes": json.dumps(changes.model_dump(exclude_defaults=True, mode="json")),
        "title": request.POST.get("title", ""), "years": request.POST.get("years", "1"),
        "repeats": request.POST.get("repeats", "20"), "months": range(1, 13),
    }  # fmt: skip
    return render(request, "simulations/new.html", here, status=status)


@staff(RUN)
@require_POST
def then(request: HttpRequest, key: int, deed: str) -> HttpResponse:
    """Stop it, go on with it, or drop it (`DEEDS`); back to the page that asked."""
    known = DEEDS.get(deed)
    if known is None:
        raise Refused(_("没有这个操作。"), code="no_deed", status=404)
    known.action(by_of(request), simulation_of(key))
    messages.success(request, str(known.words))
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return redirect(wanted)
    return redirect("simulations:index") if deed == "drop" else redirect("simulations:one", key)


@dataclass(frozen=True)
class _Deed:
    action: Callable[[Actor, Simulation], object]
    words: object


DEEDS = {
    "stop": _Deed(actions.stop_simulation, gettext_lazy("已停下，跑完的都留着，可以随时继续。")),
    "go-on": _Deed(actions.go_on_with, gettext_lazy("接着推演。")),
    "drop": _Deed(actions.drop_simulation, gettext_lazy("已删除。")),
}


def simulation_of(key: int) -> Simulation:
    """Refuses one that isn't there."""
    found = Simulation.objects.select_related("asked_by").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这次推演。"), code="no_simulation", status=404)
    return found


def _asked(request: HttpRequest, given: Given) -> Simulation:
    return actions.ask_simulation(
        by_of(request), title=request.POST.get("title", ""), changes=_checked(given),
        years=_number(request.POST, "years"), repeats=int(_number(request.POST, "repeats")),
    )  # fmt: skip


def _so_far(post: QueryDict) -> Given:
    """The changes that came along; none where they can't be read."""
    text = post.get("changes", "")
    try:
        given = json.loads(text) if text and len(text) <= LONGEST else {}
        return Changes.model_validate(given).model_dump(exclude_defaults=True, mode="json")
    except (ValueError, ValidationError):
        return {}


def _checked(given: Given) -> Changes:
    """Refuses what isn't a change, or too many."""
    try:
        changes = Changes.model_validate(given)
    except ValidationError as wrong:
        raise Refused(_("这一项没有填对，请再看看。"), code="change", status=422) from wrong
    if changes.many > MOST:
        raise Refused(_("一次推演最多 20 项改动。"), code="many", status=422)
    return changes


def _take_out(given: Given, key: str) -> None:
    name, _dot, number = key.partition(".")
    if name in given and number.isdecimal() and int(number) < len(given[name]):
        given[name].pop(int(number))


def _read(name: str, post: QueryDict) -> Given:
    """One change as the form has it. Refuses an unknown one."""
    if name not in READ:
        raise Refused(_("这一项没有填对，请再看看。"), code="change", status=422)
    return READ[name](post)


def _place(post: QueryDict, name: str) -> Place:
    """A position where one was pointed at, else what was chosen."""
    lat, lon = post.get(f"{name}_lat", ""), post.get(f"{name}_lon", "")
    if lat and lon:
        return _number(post, f"{name}_lat"), _number(post, f"{name}_lon")
    chosen = post.get(name, "")
    if not chosen:
        raise Refused(_("请选一个地点。"), code="place", status=422)
    return chosen


def _number(post: QueryDict, name: str) -> float:
    try:
        found = float(post.get(name, ""))
    except ValueError:
        found = float("nan")
    if not abs(found) < 1e6:
        raise Refused(_("请填数字。"), code="number", status=422)
    return found


def _move(post: QueryDict) -> Given:
    return {"unit": post.get("move_unit", ""), "to": _place(post, "move_to")}


def _add(post: QueryDict) -> Given:
    return {"kind": post.get("add_kind", ""), "at": _place(post, "add_at"),
            "count": int(_number(post, "add_count")),
            "hours": post.get("add_hours") or "0-24"}  # fmt: skip


def _remove(post: QueryDict) -> Given:
    return {"unit": post.get("remove_unit", "")}


def _shift(post: QueryDict) -> Given:
    return {"unit": post.get("shift_unit", ""), "hours": post.get("shift_hours", "")}


def _card(post: QueryDict) -> Given:
    """So many more or fewer; or, where a kind of unit is chosen, these instead of what is sent."""
    of = {
        "category": post.get("card_category", ""),
        "priority": int(_number(post, "card_priority")),
    }
    sends = [
        {"kinds": [kind], "count": int(_number(post, f"card_count_{n}"))}
        for n in (1, 2) if (kind := post.get(f"card_kind_{n}", ""))
    ]  # fmt: skip
    if sends:
        return of | {"sends": sends}
    more = int(_number(post, "card_more"))
    if not more:
        raise Refused(_("请填多派或者少派几个，或者选要派的单位。"), code="more", status=422)
    return of | {"more": more}


def _close(post: QueryDict) -> Given:
    return {"at": _place(post, "close_at"), "metres": _number(post, "close_metres"),
            "speed": _number(post, "close_speed") / 100,
            "ferries": post.get("close_ferries") == "on"}  # fmt: skip


def _factor(post: QueryDict) -> Given:
    return {"times": _number(post, "factor_times"),
            "categories": [one for one in post.getlist("factor_categories") if one],
            "areas": [one for one in post.getlist("factor_areas") if one],
            "months": [int(one) for one in post.getlist("factor_months") if one.isdecimal()],
            }  # fmt: skip


READ: dict[str, Callable[[QueryDict], Given]] = {
    "move": _move, "add": _add, "remove": _remove, "shift": _shift, "card": _card,
    "close": _close, "factor": _factor,
}  # fmt: skip
