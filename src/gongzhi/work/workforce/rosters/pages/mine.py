"""“我的班”: one's own shifts, what they add up to, wishes, swaps, and the calendar."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.throttle import throttled
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.rosters import actions
from gongzhi.work.workforce.rosters.calendars import CONTENT_TYPE, feed_of, is_token, token_of
from gongzhi.work.workforce.rosters.forms import AbsenceForm, WishForm
from gongzhi.work.workforce.rosters.selectors import found
from gongzhi.work.workforce.rosters.selectors.own import mine_of

BACK = timedelta(days=31)
"""So far back the calendar reaches."""


@staff()
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own shifts."""
    return _mine(request, WishForm(), AbsenceForm())


def _mine(request: HttpRequest, wish: Form, absence: Form, status: int = 200) -> HttpResponse:
    account = account_of(request)
    token = token_of(account)
    address = reverse("rosters:feed", args=[account.pk, token]) if token else ""
    here = {
        "mine": mine_of(account), "wish_form": wish, "absence_form": absence, "me": account,
        "feed_url": request.build_absolute_uri(address) if address else "",
    }  # fmt: skip
    return render(request, "rosters/mine.html", here, status=status)


@staff()
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Tell a wish."""
    form = WishForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            actions.tell_wish(by_of(request), account_of(request), **form.cleaned_data)
            messages.success(request, _("记下了，排班时会尽量照顾。"))
            return redirect("rosters:mine")
    return _mine(request, form, AbsenceForm(), 422)


@staff()
@require_POST
def absent(request: HttpRequest) -> HttpResponse:
    """One can't come; why isn't asked."""
    account, form = account_of(request), AbsenceForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            first = form.cleaned_data["first_day"]
            duty = found.published(account, today()).filter(day__gte=first).first()
            if duty is None:
                raise Refused(_("那几天没有您的班。"), code="no_duty", status=422)
            actions.tell_absence(
                by_of(request), duty.roster, account, first, form.cleaned_data["last_day"]
            )
            messages.success(request, _("报上去了，负责人会安排。请假手续在下面补。"))
            return redirect("rosters:mine")
    return _mine(request, WishForm(), form, 422)


@staff()
@require_POST
def offer(request: HttpRequest, key: int) -> HttpResponse:
    """Offer a shift to colleagues."""
    actions.make_offer(by_of(request), found.duty_of(key))
    messages.success(request, _("同事会看到，有人接了就等负责人同意。"))
    return redirect("rosters:mine")


@staff()
@require_POST
def then(request: HttpRequest, key: int, deed: str) -> HttpResponse:
    """Take somebody's offer, or withdraw one's own."""
    one = found.offer_of(key)
    if deed == "take":
        actions.take_offer(by_of(request), one, account_of(request))
        messages.success(request, _("接下了。"))
    elif deed == "withdraw":
        actions.withdraw_offer(by_of(request), one)
        messages.success(request, _("撤回了。"))
    else:
        raise Refused(_("没有这个操作。"), code="deed", status=404)
    return redirect("rosters:mine")


@staff()
@require_POST
def calendar(request: HttpRequest, deed: str) -> HttpResponse:
    """An address for one's calendar, made anew each time, or none."""
    if deed == "open":
        actions.open_feed(by_of(request), account_of(request))
        messages.success(request, _("地址在下面。以前的地址不能用了。"))
    elif deed == "close":
        actions.close_feed(by_of(request), account_of(request))
        messages.success(request, _("停用了，日历里不再更新。"))
    else:
        raise Refused(_("没有这个操作。"), code="deed", status=404)
    return redirect(f"{reverse('rosters:mine')}#feed-title")


@public
@never_cache
@require_safe
@throttled("rosters.feed", tries=60, seconds=600)
def feed(request: HttpRequest, key: int, token: str) -> HttpResponse:
    """One's shifts for a calendar that subscribes, under a secret address."""
    account = Account.objects.filter(pk=key, is_active=True).first()
    if account is None or not is_token(account, token):
        raise Refused(_("没有这个日历。"), code="no_such_feed", status=404)
    return HttpResponse(
        feed_of(found.published(account, today() - BACK)), content_type=CONTENT_TYPE
    )
