"""What the console's buttons do: each takes one action and answers with the incident anew."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.actions import change_priority
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.actions import ask_for_return, take_back_incident
from gongzhi.work.dispatch import actions
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from gongzhi.work.dispatch.pages.console import drawn_detail
from gongzhi.work.dispatch.permissions import ASSIGN, PROGRESS
from gongzhi.work.dispatch.selectors.detail import incident_of
from gongzhi.work.dispatch.selectors.offers import offer_for

VIEW = "dispatch.view_console"
MOST_UNITS = 50
"""Sent by one press."""


@staff(ASSIGN)
@require_POST
def assign(request: HttpRequest, key: int) -> HttpResponse:
    """Send a unit."""
    matter, unit = incident_of(key), _unit(request)
    offer = offer_for(matter, unit)
    actions.assign_unit(by_of(request), matter, unit, offer=offer and actions.Offer(*offer))
    return answer_with(request, key)


@staff(ASSIGN)
@require_POST
def why(request: HttpRequest, key: int) -> HttpResponse:
    """Say why it wasn't the first unit."""
    found = Assignment.objects.filter(pk=id_in(request.POST.get("assignment")), matter=key).first()
    if found is None:
        raise Refused(_("没有找到这次派警，请刷新页面。"), code="no_assignment", status=404)
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")[:200]
    actions.explain_choice(by_of(request), found, reason, words)
    return answer_with(request, key)


@staff(ASSIGN)
@require_POST
def send_card(request: HttpRequest, key: int) -> HttpResponse:
    """Send all that the run card proposes: ``sends`` has want and unit of each, ``asks`` the
    partners that are asked with it."""
    pairs = [one.partition(":") for one in request.POST.getlist("sends")[:MOST_UNITS]]
    keys = {id_in(unit) for _role, _colon, unit in pairs}
    units = {unit.pk: unit for unit in ResponseUnit.objects.filter(pk__in=keys)}
    if len(units) < len(pairs):
        raise Refused(_("没有找到这个出警单位，请刷新页面。"), code="no_such_unit", status=404)
    sends = [(role[:40], units[id_in(unit)]) for role, _colon, unit in pairs]
    partners = [one[:40] for one in request.POST.getlist("asks")[:MOST_UNITS]]
    actions.send_card(by_of(request), incident_of(key), sends, partners=partners)
    return answer_with(request, key)


@staff(ASSIGN)
@require_POST
def alarm(request: HttpRequest, key: int) -> HttpResponse:
    """Raise the alarm level; lower it, with a reason."""
    matter, level = incident_of(key), id_in(request.POST.get("level", "")) or 0
    if "why" in request.POST:
        actions.lower_alarm(by_of(request), matter, level, why=request.POST["why"][:40])
    else:
        actions.raise_alarm(by_of(request), matter, level)
    return answer_with(request, key)


@staff(PROGRESS)
@require_POST
def state(request: HttpRequest, key: int) -> HttpResponse:
    """What a unit at this incident is doing more exactly."""
    actions.state_unit(by_of(request), _unit(request), request.POST.get("status", "")[:40])
    return answer_with(request, key)


@staff(ASSIGN)
@require_POST
def recall(request: HttpRequest, key: int) -> HttpResponse:
    """Call a unit back."""
    actions.recall_unit(by_of(request), incident_of(key), _unit(request))
    return answer_with(request, key)


@staff(PROGRESS)
@require_POST
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """What a crew reported on the radio."""
    unit, by = _unit(request), by_of(request)
    what = request.POST.get("what")
    if what == "set_off":
        actions.report_en_route(by, unit)
    elif what == "arrive":
        actions.report_on_scene(by, unit)
    else:
        actions.clear_unit(by, unit, disposition=request.POST.get("disposition", ""))
    return answer_with(request, key)


@staff(VIEW)
@require_POST
def step(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Settle, cancel or close."""
    told = {name: request.POST[name] for name in ("settled_how", "reason") if name in request.POST}
    actions.move_incident(by_of(request), incident_of(key), code, elements=told)
    return answer_with(request, key)


@staff("matters.view_matter")
@require_POST
def note(request: HttpRequest, key: int) -> HttpResponse:
    """Write a note."""
    actions.note_incident(by_of(request), incident_of(key), request.POST.get("words", ""))
    return answer_with(request, key)


@staff(ASSIGN)
@require_POST
def join(request: HttpRequest, key: int) -> HttpResponse:
    """Merge this incident into another; the other one is shown then."""
    into = incident_of(id_in(request.POST.get("into", "")))
    actions.merge_incident(by_of(request), incident_of(key), into)
    return answer_with(request, into.pk)


@staff("matters.hand_over")
@require_POST
def give(request: HttpRequest, key: int) -> HttpResponse:
    """Hand the incident to another unit of the county."""
    department, words = _department(request), request.POST.get("words", "")[:2000]
    actions.hand_to_department(by_of(request), incident_of(key), department, words)
    return answer_with(request, key)


@staff("matters.hand_over")
@require_POST
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Take back what was referred; with words, ask those who have accepted it."""
    if "words" in request.POST:
        ask_for_return(by_of(request), incident_of(key), request.POST["words"][:500])
    else:
        take_back_incident(by_of(request), incident_of(key))
    return answer_with(request, key)


@staff("matters.change_priority")
@require_POST
def grade(request: HttpRequest, key: int) -> HttpResponse:
    """Make the incident more or less urgent."""
    change_priority(by_of(request), incident_of(key), id_in(request.POST.get("priority", "")))
    return answer_with(request, key)


def answer_with(request: HttpRequest, key: int) -> HttpResponse:
    """The incident anew."""
    if not request.headers.get("HX-Request"):  # a browser without scripts
        return redirect("dispatch:detail", key)
    return drawn_detail(request, key)


def _unit(request: HttpRequest) -> ResponseUnit:
    unit = ResponseUnit.objects.filter(pk=id_in(request.POST.get("unit", ""))).first()
    if unit is None:
        raise Refused(_("没有找到这个出警单位，请刷新页面。"), code="no_such_unit", status=404)
    return unit


def _department(request: HttpRequest) -> Unit:
    unit = Unit.objects.filter(code=request.POST.get("department", "")[:40]).first()
    if unit is None:
        wrong = _("请选一个单位。")
        raise Refused(wrong, code="no_such_department", fields={"department": wrong})
    return unit
