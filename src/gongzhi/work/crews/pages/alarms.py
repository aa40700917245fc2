"""The desk's alarms: calls for help, and crews that don't answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.errors import Refused
from gongzhi.work.crews.actions import acknowledge_emergency, check_in, stand_down_emergency
from gongzhi.work.crews.models import Emergency
from gongzhi.work.crews.permissions import ACKNOWLEDGE
from gongzhi.work.crews.selectors.alarms import alarms
from gongzhi.work.dispatch.models import Assignment

VIEW = "dispatch.view_console"


@staff(VIEW)
@never_cache
@require_safe
def piece(request: HttpRequest) -> HttpResponse:
    """What is to be seen above everything else on the console."""
    return _drawn(request)


@staff(ACKNOWLEDGE)
@require_POST
def acknowledge(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody has it in hand."""
    acknowledge_emergency(by_of(request), _emergency(key))
    return _answer(request)


@staff(ACKNOWLEDGE)
@require_POST
def stand_down(request: HttpRequest, key: int) -> HttpResponse:
    """The danger is over, and why."""
    reason = request.POST.get("reason", "")
    stand_down_emergency(by_of(request), _emergency(key), reason=reason)
    return _answer(request)


@staff(ACKNOWLEDGE)
@require_POST
def by_radio(request: HttpRequest, key: int) -> HttpResponse:
    """The crew answered by radio that it is well."""
    assignment = Assignment.objects.filter(pk=key).select_related("matter").first()
    if assignment is None:
        raise Refused(_("没有找到这次派警，请刷新页面。"), code="no_such_assignment", status=404)
    check_in(by_of(request), assignment, by_radio=True)
    return _answer(request)


def _emergency(key: int) -> Emergency:
    found = Emergency.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有找到这次求助，请刷新页面。"), code="no_such_emergency", status=404)
    return found


def _answer(request: HttpRequest) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect("dispatch:console")
    return _drawn(request)


def _drawn(request: HttpRequest) -> HttpResponse:
    here = {"alarms": alarms(), "may_answer": may(account_of(request), ACKNOWLEDGE)}
    return render(request, "crews/parts/alarms.html", here)
