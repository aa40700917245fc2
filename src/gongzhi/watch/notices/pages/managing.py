"""What one gets, by the link in each message: seen, changed, ended. Nobody signs in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, limit, throttled
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.forms import refused_in
from gongzhi.watch.notices.actions import change_settings, end_all, unsubscribe
from gongzhi.watch.notices.feeds import feed_of
from gongzhi.watch.notices.forms import SettingsForm
from gongzhi.watch.notices.links import hashed, whole
from gongzhi.watch.notices.models import Subscriber
from gongzhi.watch.notices.states import Channel
from gongzhi.watch.notices.wording import said_of

RESIDENT = Actor.resident()
A_MINUTE = {"tries": 60, "seconds": 60}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("notices.manage", tries=60, seconds=600)
def manage(request: HttpRequest, code: str) -> HttpResponse:
    """All that this address gets, and how."""
    limit("notices.look", address_of(request), **A_MINUTE)
    found = _subscriber(code)
    form = SettingsForm(request.POST or None, initial=_now(found))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        quiet = (told["quiet_from"], told["quiet_to"]) if told["quiet"] else None
        with refused_in(form):
            change_settings(
                RESIDENT, found, pace=told["pace"], quiet=quiet, woken=told["woken"],
                language=told["language"],
            )  # fmt: skip
            messages.success(request, _("改好了。"))
            return redirect("notices:manage", code)
    here = {
        "subscriber": found, "form": form, "code": code,
        "feed": found.channel == Channel.FEED,
        "feed_at": request.build_absolute_uri(reverse("notices:feed", args=[code])),
        "rows": [
            (one, *said_of(one))
            for one in found.subscriptions.select_related("matter").order_by("pk")
        ],
    }  # fmt: skip
    return render(request, "notices/manage.html", here, status=422 if form.is_bound else 200)


@public
@require_POST
@throttled("notices.end", tries=60, seconds=600)
def end(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """End one."""
    one = _subscriber(code).subscriptions.filter(pk=key).first()
    if one is None:
        return redirect("notices:manage", code)
    left = unsubscribe(RESIDENT, one)
    if left:
        messages.success(request, _("这一项退订了。"))
        return redirect("notices:manage", code)
    return render(request, "notices/ended.html")


@csrf_exempt  # a mail client's own button posts here (RFC 8058): it has no cookie of ours
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("notices.stop", tries=60, seconds=600)
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """End everything. Looking at it ends nothing: some mail servers open each link."""
    found = Subscriber.objects.filter(code_hash=hashed(code)).first()
    if request.method != "POST" and found is not None:
        return render(request, "notices/stop.html", {"code": code})
    if found is not None:
        end_all(RESIDENT, found)
    return render(request, "notices/ended.html")


@public
@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """The feed of a subscriber that has no address (Atom, RFC 4287)."""
    limit("notices.look", address_of(request), **A_MINUTE)
    found = _subscriber(code)
    if found.channel != Channel.FEED:
        raise Http404
    with override(found.language):
        written = feed_of(found, whole("") or request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


def _subscriber(code: str) -> Subscriber:
    found = Subscriber.objects.filter(code_hash=hashed(code)).first()
    if found is None:
        raise Http404
    return found


def _now(subscriber: Subscriber) -> dict[str, object]:
    quiet = subscriber.quiet_from is not None
    return {
        "pace": subscriber.pace, "woken": subscriber.woken, "language": subscriber.language,
        "quiet": quiet, "quiet_from": subscriber.quiet_from if quiet else 22,
        "quiet_to": subscriber.quiet_to if quiet else 7,
    }  # fmt: skip
