"""Sending units to several waiting incidents at once; each by the action that sends a run card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dispatch import actions
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.permissions import ASSIGN
from gongzhi.work.dispatch.selectors.cover import cover_of, free_units
from gongzhi.work.dispatch.selectors.detail import incident_of
from gongzhi.work.dispatch.selectors.joint import proposal

MOST = 300
"""Units sent by one press."""


@dataclass(frozen=True)
class Line:
    """One unit that was left ticked: where it goes, as what, and the seconds it was said to
    take."""

    incident: int
    unit: int
    eta: int
    role: str

    @classmethod
    def of(cls, text: str) -> Line:
        """`text`: incident, unit, seconds and role."""
        incident, unit, eta, role = (*text.split(":"), "", "", "")[:4]
        seconds = min(id_in(eta) or 0, 86_400)
        return cls(id_in(incident) or 0, id_in(unit) or 0, seconds, role[:40])


@dataclass(frozen=True)
class Sent:
    """What became of one incident: the units that were sent; why none, where none was."""

    title: str
    units: str
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
    """Send what was left ticked: of each incident all, or nobody. One that can't be sent any more
    doesn't hold up the other incidents."""
    lines = [Line.of(one) for one in request.POST.getlist("pair")[:MOST]]
    if not lines:
        raise Refused(_("一件都没有选。"), code="nothing_chosen", status=422)
    units = ResponseUnit.objects.in_bulk([one.unit for one in lines])
    known = [one for one in lines if one.unit in units]
    sent = [
        _send(request, [one for one in known if one.incident == incident], units)
        for incident in dict.fromkeys(one.incident for one in known)
    ]
    if not request.headers.get("HX-Request"):
        return redirect("dispatch:console")
    return _drawn(request, sent)


def _send(request: HttpRequest, lines: Sequence[Line], units: dict[int, ResponseUnit]) -> Sent:
    """All units of one incident."""
    offers = {one.unit: actions.Offer(one.unit, one.eta, one.eta, joint=True) for one in lines}
    names = _("、").join(str(units[one.unit]) for one in lines)
    asks = [one.partition(":") for one in request.POST.getlist("ask")[:MOST]]
    partners = [code[:40] for key, _colon, code in asks if id_in(key) == lines[0].incident]
    by, sends = by_of(request), [(one.role, units[one.unit]) for one in lines]
    matter: Matter | None = None
    try:
        matter = incident_of(lines[0].incident)
        actions.send_card(by, matter, sends, offers=offers, partners=partners)
    except Refused as why:
        return Sent(matter.title if matter else "", names, str(why))
    return Sent(matter.title, names)


def _drawn(request: HttpRequest, sent: list[Sent] | None = None) -> HttpResponse:
    units = free_units()
    here = {"proposal": proposal(units, cover_of(units), account_of(request)), "sent": sent or []}
    return render(request, "dispatch/parts/joint.html", here)
