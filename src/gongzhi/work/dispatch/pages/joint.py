"""Sending units to several waiting incidents at once; each is sent by the same action as ever."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dispatch import actions
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.pages.console import reader
from gongzhi.work.dispatch.permissions import ASSIGN
from gongzhi.work.dispatch.selectors.cover import cover_of, free_units
from gongzhi.work.dispatch.selectors.detail import incident_of
from gongzhi.work.dispatch.selectors.joint import proposal


@dataclass(frozen=True)
class Sent:
    """What became of one line: the unit and the incident; why not, where it wasn't sent."""

    title: str
    unit: str
    why_not: str = ""


@staff(ASSIGN)
@never_cache
@require_safe
def joint_piece(request: HttpRequest) -> HttpResponse:
    """The proposal."""
    return _drawn(request)


@staff(ASSIGN)
@require_POST
def send_jointly(request: HttpRequest) -> HttpResponse:
    """Send what was left ticked. One that can't be sent any more doesn't hold up the others."""
    ticked = request.POST.getlist("pair")[:100]
    if not ticked:
        raise Refused(_("一件都没有选。"), code="nothing_chosen", status=422)
    sent = [one for pair in ticked if (one := _send(request, pair)) is not None]
    if not request.headers.get("HX-Request"):
        return redirect("dispatch:console")
    return _drawn(request, sent)


def _send(request: HttpRequest, pair: str) -> Sent | None:
    """`pair`: the incident's id, the unit's, and the seconds it was said to take."""
    incident, unit_id, seconds = (*pair.split(":"), "", "")[:3]
    unit = ResponseUnit.objects.filter(pk=id_in(unit_id)).first()
    if unit is None:
        return None
    eta = min(id_in(seconds) or 0, 86_400)
    matter: Matter | None = None
    try:
        matter = incident_of(id_in(incident) or 0)
        offer = actions.Offer(unit.pk, eta, eta, joint=True)
        actions.assign_unit(Actor.account(reader(request)), matter, unit, offer=offer)
    except Refused as why:
        return Sent(matter.title if matter else "", str(unit), str(why))
    return Sent(matter.title, str(unit))


def _drawn(request: HttpRequest, sent: list[Sent] | None = None) -> HttpResponse:
    units = free_units()
    here = {"proposal": proposal(units, cover_of(units)), "sent": sent or []}
    return render(request, "dispatch/parts/joint.html", here)
