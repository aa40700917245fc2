"""What a member of staff is told of by mail: chosen, changed and ended by themselves alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.throttle import address_of, throttled
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.base.ui.forms import refused_in
from gongzhi.watch.notices.actions import change_settings, choose_duties, end_all, tell_own
from gongzhi.watch.notices.actions.duties import PURPOSE
from gongzhi.watch.notices.channels.ways import way_for
from gongzhi.watch.notices.duties import offered_to
from gongzhi.watch.notices.forms import CodeForm, MailForm, OwnSettingsForm
from gongzhi.watch.notices.models import Subscriber
from gongzhi.watch.notices.pages.kept import COOKIE, keep, kept
from gongzhi.watch.notices.states import About, Channel
from gongzhi.watch.notices.wishes import Want, Wish


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("notices.mine", tries=60, seconds=600)
def mine(request: HttpRequest) -> HttpResponse:
    """What comes by mail, how often and when not; without a mailbox yet, which one."""
    one = _own(request)
    if one is None:
        return _begin(request)
    form = OwnSettingsForm(request.POST or None, account=account_of(request), initial=_now(one))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        quiet = (told["quiet_from"], told["quiet_to"]) if told["quiet"] else None
        with refused_in(form):
            tell_own(by_of(request), told["duties"])
            change_settings(
                by_of(request), one, pace=told["pace"], quiet=quiet, woken=False,
                language=told["language"],
            )  # fmt: skip
            messages.success(request, _("改好了。"))
            return redirect("notices:mine")
    here = {"form": form, "address": one.address}
    return render(request, "notices/mine.html", here, status=422 if form.is_bound else 200)


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("notices.mine", tries=60, seconds=600)
def mailbox(request: HttpRequest) -> HttpResponse:
    """Another mailbox; the one before is erased once this one is proved."""
    return _begin(request)


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("notices.mine_code", tries=30, seconds=600)
def code(request: HttpRequest) -> HttpResponse:
    """The code that came by mail; then it is done."""
    found = kept(request)
    if found is None:
        return redirect("notices:mine")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            proof = prove(by_of(request), found[0], form.cleaned_data["code"])
            choose_duties(by_of(request), proof, found[1])
            messages.success(request, _("以后发到这个邮箱。"))
            answer = redirect("notices:mine")
            answer.delete_cookie(COOKIE)
            return answer
    here = {"form": form, "demo": settings.DEMO}
    return render(request, "notices/mine_code.html", here, status=422 if form.is_bound else 200)


@staff()
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End all of it; the address goes."""
    one = _own(request)
    if one is not None:
        end_all(by_of(request), one)
        messages.success(request, _("不再发邮件，邮箱已经清除。"))
    return redirect("notices:mine")


def _begin(request: HttpRequest) -> HttpResponse:
    account, one = account_of(request), _own(request)
    offered = list(offered_to(account))
    here: dict[str, Any] = {"may": bool(offered), "way": way_for(Channel.EMAIL), "before": one}
    first = _topics(one) if one else [code for code in offered if code != "soon"]
    form = MailForm(request.POST or None, account=account, initial={"duties": first})
    if request.method == "POST" and here["way"] and form.is_valid():
        wants = tuple(Want(About.DUTY, topic=code) for code in form.cleaned_data["duties"])
        with refused_in(form):
            proof = ask_code(
                by_of(request), Channel.EMAIL, form.cleaned_data["address"], purpose=PURPOSE,
                asker=address_of(request),
            )  # fmt: skip
            wish = Wish(wants, get_language() or "zh-hans")
            return keep(redirect("notices:mine_code"), proof.key, wish)
    here["form"] = form
    status = 422 if form.is_bound else 200
    return render(request, "notices/mine_begin.html", here, status=status)


def _own(request: HttpRequest) -> Subscriber | None:
    return Subscriber.objects.filter(account=account_of(request)).first()


def _topics(one: Subscriber) -> list[str]:
    return list(one.subscriptions.filter(about=About.DUTY).values_list("topic", flat=True))


def _now(one: Subscriber) -> dict[str, object]:
    quiet = one.quiet_from is not None
    return {
        "duties": _topics(one), "pace": one.pace, "language": one.language, "quiet": quiet,
        "quiet_from": one.quiet_from if quiet else 18, "quiet_to": one.quiet_to if quiet else 8,
    }  # fmt: skip
