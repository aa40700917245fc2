"""The crew's phone: where we are sent, and one large button for what comes next.

Each send names the assignment that it is about: sent again by a phone that lost its network, it
finds that done already and changes nothing.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.access.throttle import limit
from gongzhi.base.files.photos import make_anew
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.selectors import place_in_county
from gongzhi.base.ui.context import live_line
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dispatch import actions
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from gongzhi.work.dispatch.pages.console import reader
from gongzhi.work.dispatch.selectors.crew import crew_of, unit_of
from gongzhi.work.dispatch.selectors.maps import bounds_of

CREW = "dispatch.work_unit"
MOST_PHOTOS = 5


@staff(CREW)
@never_cache
@require_safe
def crew(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    here = {
        **live_line(),
        **_seen(request),
        "layers_url": reverse("places:layers"),
        "bounds": bounds_of(None),
    }
    return render(request, "dispatch/crew.html", here)


@staff(CREW)
@never_cache
@require_safe
def crew_piece(request: HttpRequest) -> HttpResponse:
    """What changes of it."""
    return _drawn(request)


@staff(CREW)
@require_POST
def on_duty(request: HttpRequest) -> HttpResponse:
    """Go on duty with a unit of one's own station."""
    unit = ResponseUnit.objects.filter(pk=id_in(request.POST.get("unit"))).first()
    if unit is None:
        raise Refused(_("没有找到这个出警单位，请刷新页面。"), code="no_such_unit", status=404)
    if unit_of(reader(request)) != unit:
        actions.go_on_duty(_by(request), unit)
    return _answer(request)


@staff(CREW)
@require_POST
def duty(request: HttpRequest) -> HttpResponse:
    """Pause, be ready again, go off duty."""
    unit, what = _unit(request), request.POST.get("what")
    if what == "pause":
        actions.pause_unit(_by(request), unit)
    elif what == "resume":
        actions.resume_unit(_by(request), unit)
    else:
        actions.go_off_duty(_by(request), unit)
    return _answer(request)


@staff(CREW)
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Set off, arrive. What was reported before, or has ended since, changes nothing."""
    unit, assignment = _unit(request), _assignment(request)
    if request.POST.get("what") == "set_off":
        if assignment.active and not assignment.en_route_at and not assignment.on_scene_at:
            actions.report_en_route(_by(request), unit)
    elif assignment.active and not assignment.on_scene_at:
        actions.report_on_scene(_by(request), unit)
    return _answer(request)


@staff(CREW)
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Done: the outcome, what to remember, photos of the scene."""
    unit, assignment = _unit(request), _assignment(request)
    if assignment.active:
        sent = request.FILES.getlist("photos")
        if len(sent) > MOST_PHOTOS:
            wrong = _("最多放 %(n)s 张照片。") % {"n": MOST_PHOTOS}
            raise Refused(wrong, code="too_many_photos", fields={"photos": wrong})
        made = [make_anew(photo) for photo in sent]  # decoded before any transaction is open
        by = _by(request)
        actions.clear_unit(
            by,
            unit,
            disposition=request.POST.get("disposition", ""),
            words=request.POST.get("words", ""),
            photos=made,
        )
    return _answer(request)


@staff(CREW)
@require_POST
def position(request: HttpRequest) -> HttpResponse:
    """Where the phone is, while on duty; kept as the unit's last place only."""
    unit = _unit(request)
    limit("position", str(unit.pk), tries=20, seconds=60)
    point = place_in_county(request.POST.get("lat"), request.POST.get("lon"))
    actions.report_position(_by(request), unit, point)
    return HttpResponse(status=204)


def _drawn(request: HttpRequest) -> HttpResponse:
    return render(request, "dispatch/parts/crew.html", _seen(request))


def _seen(request: HttpRequest) -> dict[str, Any]:
    return {"crew": crew_of(reader(request)), "most_photos": MOST_PHOTOS}


def _answer(request: HttpRequest) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("dispatch:crew")
    return _drawn(request)


def _by(request: HttpRequest) -> Actor:
    return Actor.account(reader(request))


def _unit(request: HttpRequest) -> ResponseUnit:
    unit = unit_of(reader(request))
    if unit is None:
        raise Refused(_("您还没有上岗，请先选出警单位。"), code="not_on_duty", status=409)
    return unit


def _assignment(request: HttpRequest) -> Assignment:
    """The one that the form was about: of the own unit, whether it still goes on or not."""
    key = id_in(request.POST.get("assignment"))
    found = Assignment.objects.filter(pk=key, unit=_unit(request)).first()
    if found is None:
        raise Refused(_("这件警情已经不归您这个单位，请刷新页面。"), code="not_yours", status=409)
    return found
