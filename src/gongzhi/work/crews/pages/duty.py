"""Going on and off duty."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.crews.pages.phone import CREW, answer, own_unit
from gongzhi.work.crews.selectors.phone import unit_of
from gongzhi.work.dispatch.actions import (
    answer_stand_by,
    go_off_duty,
    go_on_duty,
    pause_unit,
    resume_unit,
    set_status,
)
from gongzhi.work.dispatch.models import ResponseUnit


@staff(CREW)
@require_POST
def on_duty(request: HttpRequest) -> HttpResponse:
    """Go on duty with a unit of one's own station."""
    unit = ResponseUnit.objects.filter(pk=id_in(request.POST.get("unit"))).first()
    if unit is None:
        raise Refused(_("没有找到这个出警单位，请刷新页面。"), code="no_such_unit", status=404)
    if unit_of(account_of(request)) != unit:
        go_on_duty(by_of(request), unit)
    return answer(request)


@staff(CREW)
@require_POST
def duty(request: HttpRequest) -> HttpResponse:
    """Pause, be ready again, go off duty; say more exactly what the unit does beside incidents."""
    unit, what = own_unit(request), request.POST.get("what")
    if what == "pause":
        pause_unit(by_of(request), unit)
    elif what == "resume":
        resume_unit(by_of(request), unit)
    elif what == "state":
        set_status(by_of(request), unit, request.POST.get("status", "")[:40])
    else:
        go_off_duty(by_of(request), unit)
    return answer(request)


@staff(CREW)
@require_POST
def stand_by(request: HttpRequest) -> HttpResponse:
    """Go where the desk asks the unit to stand by, or say that it can't."""
    accepts = request.POST.get("what") == "accept"
    answer_stand_by(by_of(request), own_unit(request), accepts=accepts)
    return answer(request)
