"""Requests for leave as whoever decides sees them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.duty import duties_are_known, duties_of
from gongzhi.work.workforce.officers.models import Leave
from gongzhi.work.workforce.officers.permissions import DECIDE
from gongzhi.work.workforce.officers.selectors import units
from gongzhi.work.workforce.officers.selectors.away import absences
from gongzhi.work.workforce.officers.selectors.people import people_of
from gongzhi.work.workforce.officers.selectors.records import days_of, record_of
from gongzhi.work.workforce.officers.states import Purpose


@staff(DECIDE)
@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, of the units one looks after; kinds and reasons are opened one by one."""
    account = account_of(request)
    asked = [one for one in units.asked_of(units.units_for(account)) if one.account != account]
    return render(request, "officers/leave.html", {"asked": asked})


@staff(DECIDE)
@never_cache
@require_POST
def open_leave(request: HttpRequest, key: int) -> HttpResponse:
    """One request with its kind and reason: a look at the record, for that purpose."""
    one = units.leave_of(key)
    whose = units.account_for(account_of(request), one.account_id)
    actions.read_record(by_of(request), whose, purpose=Purpose.LEAVE)
    return _opened(request, one)


def _opened(request: HttpRequest, one: Leave, status: int = 200) -> HttpResponse:
    others = [p for p in people_of(one.unit, one.first_day) if p.pk != one.account_id]
    away = absences(others, one.first_day, one.last_day)
    here = {
        "leave": one, "away": sum(bool(told) for told in away.values()), "others": len(others),
        "duties": _duties(one),
        "days": days_of(one.item, one.first_day, one.last_day) if one.item else None,
        "allowances": [
            it for it in record_of(one.account).allowances if it.kind.code == one.kind
        ],
    }  # fmt: skip
    return render(request, "officers/decide.html", here, status=status)


def _duties(leave: Leave) -> int | None:
    """How many shifts fall on these days; None where nothing knows of shifts."""
    if not duties_are_known():
        return None
    zone = timezone.get_default_timezone()
    begins = datetime.combine(leave.first_day, time.min, zone)
    ends = datetime.combine(leave.last_day + timedelta(days=1), time.min, zone)
    return len(duties_of(leave.account, begins, ends))


@staff(DECIDE)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Grant it, or say why not."""
    grant = request.POST.get("grant") == "yes"
    one = units.leave_of(key)
    actions.decide_leave(by_of(request), one, grant=grant, answer=request.POST.get("answer", ""))
    messages.success(request, _("同意了。") if grant else _("没有同意，本人会看到原因。"))
    return redirect("officers:leave")
