"""Putting a call where it belongs, and erasing what was said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.context import address
from gongzhi.base.ui.forms import refused_in
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.actions import erase_incident, move_call, split_call
from gongzhi.work.calls.forms import ErasingForm, OwnIncidentForm
from gongzhi.work.calls.models import Call
from gongzhi.work.calls.permissions import ERASE, TAKE
from gongzhi.work.calls.selectors import call_named, open_incident, others_for


@staff(TAKE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, key: int) -> HttpResponse:
    """A call that was put to the wrong incident: search the right one, or open its own."""
    call = call_named(key)
    if request.method != "POST":
        told = {"category": call.matter.category, "words": call.words}
        return _move_page(request, call, OwnIncidentForm(initial=told))
    by, to = by_of(request), request.POST.get("to", "")
    if to:
        return _to_incident(move_call(by, call, open_incident(id_in(to))))
    form = OwnIncidentForm(request.POST)
    if not form.is_valid():
        return _move_page(request, call, form, 422)
    said = {name: form.cleaned_data[name] for name in ("category", "words", "place", "point")}
    return _to_incident(split_call(by, call, **said))


def _move_page(
    request: HttpRequest, call: Call, form: OwnIncidentForm, status: int = 200
) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:80]
    here = {
        "call": call, "form": form, "q": q, "others": others_for(call, q),
        "only": call.matter.calls.count() == 1, "back": _incident_url(call),
    }  # fmt: skip
    return render(request, "calls/move.html", here, status=status)


def _to_incident(call: Call) -> HttpResponse:
    return redirect(_incident_url(call))


def _incident_url(call: Call) -> str:
    """Where the call's incident is shown; in a county without the console, the desk's page."""
    console = address("dispatch:console")
    return f"{console}?incident={call.matter_id}" if console else reverse("calls:new")


@staff(ERASE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Which incident's words are to go, and why; nothing of them is shown here."""
    form = ErasingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refused_in(form):
            whole = erase_incident(by_of(request), told["number"], reason=told["reason"])
            said = _("%(number)s 的内容已经清除；经过和日志保留。") % {"number": whole.number}
            messages.success(request, said)
            return redirect("calls:erase")
    status = 422 if form.is_bound else 200
    return render(request, "calls/erase.html", {"form": form}, status=status)
