"""For everybody: what there is to do, one task, signing up, and thanks."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.volunteering import actions
from gongzhi.work.volunteering.forms import AgreeForm, CodeForm, JoinForm, MinorForm, ThanksForm
from gongzhi.work.volunteering.models import Task, Volunteer
from gongzhi.work.volunteering.never import NEVER
from gongzhi.work.volunteering.pages.kept import kept_volunteer, to_mine
from gongzhi.work.volunteering.selectors import tasks
from gongzhi.work.volunteering.selectors.mine import volunteer_by, volunteer_sent
from gongzhi.work.volunteering.selectors.sums import published
from gongzhi.work.volunteering.states import TaskState

RESIDENT = Actor.resident()


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is to come, on a map and in a list; what was done together, in sums."""
    kind, town = (request.GET.get(one, "")[:40] for one in ("kind", "town"))
    found = tasks.to_come(kind=kind, town=town)
    here = {
        "tasks": found, "kinds": tasks.kinds(), "towns": tasks.towns_with_tasks(),
        "kind": kind, "town": town, "never": NEVER, "sums": published(),
        "thanked": tasks.thanked_lately(), "map": map_of(), "shapes": tasks.shapes_of(found),
        "ask": CodeForm(),
    }  # fmt: skip
    return render(request, "volunteering/list.html", here)


@public
@never_cache
@require_safe
def task(request: HttpRequest, key: int) -> HttpResponse:
    """One task: what one does, what one never does, what it takes."""
    return _task(request, tasks.task_of(key))


def _task(
    request: HttpRequest, one: Task, thanks: ThanksForm | None = None, status: int = 200
) -> HttpResponse:
    done = one.state != TaskState.CANCELLED and tasks.shown([one])[0].has_begun
    here: dict[str, Any] = {
        "shown": tasks.shown([one])[0], "one": one, "item": one.item, "never": NEVER,
        "map": map_of(), "point": f"{one.lat:.5f},{one.lon:.5f}",
        "thanks": (thanks or ThanksForm(initial={"key": _new_key()})) if done else None,
    }  # fmt: skip
    return render(request, "volunteering/task.html", here, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("volunteering.join", tries=20, seconds=600)
def join(request: HttpRequest, key: int) -> HttpResponse:
    """Sign up: the first time with name and phone, after that with one tick."""
    one, known = tasks.task_of(key), kept_volunteer(request)
    if known is not None and known.erased_at is not None:
        known = None
    form = _form_for(request, known)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return _signed_up(request, one, known, form.cleaned_data)
    here = {
        "form": form, "known": known, "one": one, "shown": tasks.shown([one])[0],
        "item": one.item, "never": NEVER,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "volunteering/join.html", here, status=status)


def _form_for(request: HttpRequest, known: Volunteer | None) -> AgreeForm:
    sent = request.POST or None
    if known is None:
        return JoinForm(sent, initial={"key": _new_key()})
    return MinorForm(sent) if known.minor else AgreeForm(sent)


def _signed_up(
    request: HttpRequest, one: Task, known: Volunteer | None, told: dict[str, Any]
) -> HttpResponse:
    if known is None:
        if (sent := volunteer_sent(told["key"])) is not None:
            return to_mine(sent)
        fields = ("name", "phone", "age", "guardian", "guardian_phone", "guardian_agrees")
        new = actions.NewVolunteer(**{name: told[name] for name in fields})
        part = actions.join(RESIDENT, one, new, agreed=told["agreed"], key=told["key"])
    else:
        part = actions.sign_up(
            RESIDENT, one, known, agreed=told["agreed"], age=told.get("age", ""),
            guardian_agrees=told.get("guardian_agrees", False),
        )  # fmt: skip
    waits = part.state == "waiting"
    said = _("人已经满了，先排在候补里。") if waits else _("报上了，到时候见。")
    messages.success(request, said)
    return to_mine(part.volunteer)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("volunteering.open", tries=20, seconds=600)
def open_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; whose it is is kept in a cookie."""
    ask = CodeForm(request.POST or None)
    if request.method == "POST" and ask.is_valid():
        with refused_in(ask):
            return to_mine(volunteer_by(ask.cleaned_data["code"]))
    status = 422 if request.method == "POST" else 200
    return render(request, "volunteering/open.html", {"ask": ask}, status=status)


@public
@never_cache
@require_http_methods(["POST"])
@throttled("volunteering.thanks", tries=5, seconds=600)
def send_thanks(request: HttpRequest, key: int) -> HttpResponse:
    """Thanks to those of a task; somebody reads them first."""
    one = tasks.task_of(key)
    form = ThanksForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            told = form.cleaned_data
            actions.send_thanks(RESIDENT, one, words=told["words"], key=told["key"])
            messages.success(request, _("谢谢。看过以后就转给他们。"))
            return redirect("volunteering:task", one.pk)
    return _task(request, one, form, 422)


def _new_key() -> str:
    return secrets.token_urlsafe(24)
