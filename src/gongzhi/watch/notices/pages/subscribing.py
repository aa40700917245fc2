"""Subscribing without an account: what, where to, the code, done."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.maps import map_of
from gongzhi.base.reach.actions import ask_code, prove
from gongzhi.base.ui.forms import refused_in
from gongzhi.watch.notices.actions import subscribe, subscribe_browser, subscribe_feed
from gongzhi.watch.notices.channels.web_push import public_key
from gongzhi.watch.notices.forms import ChannelForm, CodeForm, SubscribeForm
from gongzhi.watch.notices.links import code_of
from gongzhi.watch.notices.models import Subscriber
from gongzhi.watch.notices.pages.kept import COOKIE, keep, kept
from gongzhi.watch.notices.states import About, Channel
from gongzhi.watch.notices.topics import TOPICS
from gongzhi.watch.notices.wishes import Want, Wish
from gongzhi.work.participation.pages.kept import kept_receipt
from gongzhi.work.participation.selectors import matter_followed

RESIDENT = Actor.resident()
PURPOSE = "notices"
FOLLOWED = "resident_request"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("notices.subscribe", tries=20, seconds=600)
def start(request: HttpRequest) -> HttpResponse:
    """Choose what to be told of, and where."""
    form = SubscribeForm(request.POST or None, initial=_asked_for(request))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return _asked(request, form, form.wants())
    status = 422 if form.is_bound else 200
    here = {"form": form, "push_key": public_key(), "map": map_of()}
    return render(request, "notices/subscribe.html", here, status=status)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """``?topics=problems``: what the page that led here is about, checked already."""
    topics = [code for code in request.GET.getlist("topics") if code in TOPICS]
    return {"topics": topics, "area": "none"} if topics else {}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("notices.subscribe", tries=20, seconds=600)
def matter(request: HttpRequest) -> HttpResponse:
    """Be told of the matter whose code this browser knows."""
    receipt = kept_receipt(request)
    if receipt is None:
        return redirect("participation:follow")
    followed = matter_followed(receipt)
    if followed.procedure != FOLLOWED:  # of cases nothing is sent out
        return redirect("participation:matter")
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return _asked(request, form, (Want(About.MATTER, matter=followed.pk),))
    here = {"form": form, "matter": followed, "push_key": public_key()}
    return render(request, "notices/matter.html", here, status=422 if form.is_bound else 200)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("notices.code", tries=30, seconds=600)
def code(request: HttpRequest) -> HttpResponse:
    """The code that was sent; then it is done."""
    found = kept(request)
    if found is None:
        return redirect("notices:subscribe")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            proof = prove(RESIDENT, found[0], form.cleaned_data["code"])
            answer = _to(request, subscribe(RESIDENT, proof, found[1]))
            answer.delete_cookie(COOKIE)
            return answer
    here = {"form": form, "demo": settings.DEMO}
    return render(request, "notices/code.html", here, status=422 if form.is_bound else 200)


def _asked(request: HttpRequest, form: Any, wants: tuple[Want, ...]) -> HttpResponse:
    """A feed is there at once; an address has to be proved first."""
    wish = Wish(wants, get_language() or "zh-hans")
    channel = form.cleaned_data["channel"]
    if channel == Channel.FEED:
        return _to(request, subscribe_feed(RESIDENT, wish))
    if channel == Channel.PUSH:
        return _to(request, subscribe_browser(RESIDENT, form.cleaned_data["push"], wish))
    proof = ask_code(
        RESIDENT, channel, form.cleaned_data["address"], purpose=PURPOSE, asker=address_of(request)
    )
    return keep(redirect("notices:code"), proof.key, wish)


def _to(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    messages.success(request, _("订阅好了。"))
    return redirect("notices:manage", code_of(subscriber.key))
