"""One's own page: fatigue from the roster, leave, somebody to talk to. Nothing here asks who one is
beyond showing one's own numbers; what is booked is reached by its code."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.throttle import throttled
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.base.ui.spans import moment
from gongzhi.work.workforce.care import actions
from gongzhi.work.workforce.care.forms import BookForm, CodeForm
from gongzhi.work.workforce.care.permissions import CARE
from gongzhi.work.workforce.care.selectors import pulses, talks
from gongzhi.work.workforce.care.selectors.fatigue import tired
from gongzhi.work.workforce.officers.selectors.records import record_of


@staff()
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Fatigue, leave taken, a health check that is due, supports, the survey that runs."""
    account, running = account_of(request), pulses.running()
    record = record_of(account)
    here = {
        "tired": tired(account), "supports": talks.supports(),
        "offered": talks.offered_after(account), "allowances": record.allowances,
        "check": record.check, "commendations": record.commendations[:3],
        "pulse": running, "answered": running and pulses.has_answered(running, account),
        "ask": CodeForm(),
    }  # fmt: skip
    return render(request, "care/mine.html", here)


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("care.book", tries=20, seconds=600)
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Book a talk; its code is shown once."""
    support = catalogue().supports.get(code)
    if support is None or support.phone:
        raise Refused(_("没有这种谈话。"), code="no_such_support", status=404)
    slots = [(one.pk, f"{moment(one.starts_at)} · {one.where}") for one in talks.free_slots(code)]
    form = BookForm(request.POST or None, slots=slots)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with refused_in(form):
            words = _told_of(account_of(request)) if told["share"] else ""
            slot = talks.free_slot(told["slot"])
            made = actions.book(CARE, slot, called=told["called"], words=told["words"], tired=words)
            return render(request, "care/booked.html", {"code": made, "slot": slot})
    here = {"form": form, "support": support, "slots": slots}
    return render(request, "care/book.html", here, status=422 if form.is_bound else 200)


@staff()
@never_cache
@require_POST
@throttled("care.talk", tries=20, seconds=600)
def talk(request: HttpRequest) -> HttpResponse:
    """What one has booked, by its code; no cookie keeps it."""
    form = CodeForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            code = form.cleaned_data["code"]
            return render(request, "care/talk.html", {"one": talks.talk_by(code), "code": code})
    return render(request, "care/code.html", {"form": form}, status=422)


@staff()
@never_cache
@require_POST
@throttled("care.talk", tries=20, seconds=600)
def cancel(request: HttpRequest) -> HttpResponse:
    """Give it up."""
    actions.cancel(CARE, talks.talk_by(request.POST.get("code", "")).talk)
    messages.success(request, _("取消了，预约删掉了。"))
    return redirect("care:mine")


def _told_of(account: Account) -> str:
    """What the roster says, as whoever listens reads it: numbers, no days."""
    it = tired(account)
    if not it.known:
        return ""
    nights = ngettext("%(n)s 个夜班", "%(n)s 个夜班", it.nights) % {"n": it.nights}
    words = _("近四周每周 %(weekly)s 小时，%(nights)s，休息不足十一小时 %(quick)s 次")
    return words % {"weekly": it.weekly, "nights": nights, "quick": it.quick}
