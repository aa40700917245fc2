"""Those who listen: their own times, and what was written by whoever booked them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.care import actions
from gongzhi.work.workforce.care.forms import SlotForm
from gongzhi.work.workforce.care.permissions import CARE, GIVE
from gongzhi.work.workforce.care.selectors import talks


@staff(GIVE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """One's own times; a form to offer another."""
    form, host = SlotForm(request.POST or None), account_of(request)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.offer_slot(CARE, host, **form.cleaned_data)
            messages.success(request, _("放出来了，同事可以约。"))
            return redirect("care:desk")
    here = {"form": form, "slots": talks.slots_of(host)}
    return render(request, "care/desk.html", here, status=422 if form.is_bound else 200)


@staff(GIVE)
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a time back that nobody has booked."""
    host = account_of(request)
    actions.withdraw_slot(CARE, host, talks.own_slot(host, key))
    messages.success(request, _("收回了。"))
    return redirect("care:desk")
