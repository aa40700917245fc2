"""“我的档案”: what is written down about oneself, who looked at it, and leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.officers import actions
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.forms import LeaveForm
from gongzhi.work.workforce.officers.models import HealthCheck
from gongzhi.work.workforce.officers.selectors.records import record_of
from gongzhi.work.workforce.officers.selectors.units import leave_of
from gongzhi.work.workforce.officers.states import LeaveState


@staff()
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own record (``?first_day=&last_day=``: those that leave is to be asked for)."""
    days = {name: request.GET[name] for name in ("first_day", "last_day") if name in request.GET}
    return _mine(request, LeaveForm(initial=days))


def _mine(request: HttpRequest, form: LeaveForm, status: int = 200) -> HttpResponse:
    here = {
        "record": record_of(account_of(request)), "form": form, "today": today(),
        "can_withdraw": (LeaveState.ASKED, LeaveState.GRANTED),
    }  # fmt: skip
    return render(request, "officers/mine.html", here, status=status)


@staff()
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for leave."""
    form = LeaveForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            actions.ask_leave(by_of(request), account_of(request), **form.cleaned_data)
            messages.success(request, _("请假交上去了，批了会在这里看到。"))
            return redirect("officers:mine")
    return _mine(request, form, 422)


@staff()
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Not needed any more."""
    actions.withdraw_leave(by_of(request), leave_of(key))
    messages.success(request, _("撤回了。"))
    return redirect("officers:mine")


@staff()
@require_POST
def checked(request: HttpRequest, key: int) -> HttpResponse:
    """“I have been to the doctor.”"""
    one = HealthCheck.objects.select_related("account").filter(pk=key).first()
    if one is None:
        raise Refused(_("没有这次体检。"), code="no_such_check", status=404)
    actions.check_done(by_of(request), one)
    messages.success(request, _("记下了。结果只有您和医生知道。"))
    return redirect("officers:mine")
