"""For whoever warns residents: what other offices propose, what was turned away and why."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.ui.context import live_line
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.alerts import actions
from gongzhi.watch.exchange.alerts.models import Heard, Source
from gongzhi.watch.exchange.alerts.preview import previewed
from gongzhi.watch.exchange.alerts.words import failure, reason
from gongzhi.work.prevention.warnings.models import GRAVITY
from gongzhi.work.prevention.warnings.permissions import GRAVE, PUBLISH, WRITE

MOST = 40
LATELY = timedelta(days=7)


@staff(WRITE)
@never_cache
@require_safe
def outside(request: HttpRequest) -> HttpResponse:
    """Proposals first. As many queries for many as for one."""
    at, publishes = now(), may(request.user, PUBLISH)
    heard = Heard.objects.select_related("source", "warning", "handled_by")
    waiting = heard.filter(state=Heard.State.PROPOSED).exclude(expires__lte=at)
    lately = heard.filter(received_at__gt=at - LATELY)
    away = lately.filter(state=Heard.State.TURNED_AWAY).order_by("-received_at")[:MOST]
    settled = lately.exclude(
        state__in=[Heard.State.PROPOSED, Heard.State.TURNED_AWAY, Heard.State.ELSEWHERE]
    ).order_by("-received_at")[:MOST]
    here = {
        **live_line(),
        "proposals": [
            (one, previewed(one), publishes or GRAVITY.get(one.severity, 0) < GRAVE)
            for one in waiting.order_by("received_at")[:MOST]
        ],
        "away": [(one, [reason(told) for told in one.reasons]) for one in away],
        "settled": settled,
        "sources": [
            (one, failure(one.failure) if one.failure else "")
            for one in Source.objects.filter(ended_at=None).order_by("code")
        ],
        "elsewhere": lately.filter(state=Heard.State.ELSEWHERE).count(),
    }
    return render(request, "alerts/outside.html", here)


@staff(WRITE)
@require_POST
def hand_on(request: HttpRequest, key: int) -> HttpResponse:
    """Show it to residents."""
    message = actions.hand_on(by_of(request), _heard(key))
    messages.success(request, _("已经转发，居民现在看得到。"))
    return redirect("warnings:warning", message.warning_id)


@staff(WRITE)
@require_POST
def set_aside(request: HttpRequest, key: int) -> HttpResponse:
    """Don't."""
    actions.set_aside(by_of(request), _heard(key))
    messages.success(request, _("不转发，已记下。"))
    return redirect("alerts:outside")


@staff(WRITE)
@never_cache
@require_safe
def as_it_came(request: HttpRequest, key: int) -> HttpResponse:
    """The bytes as text, for whoever wants to call the office about them."""
    return HttpResponse(_heard(key).xml, content_type="text/plain; charset=utf-8")


def _heard(key: int) -> Heard:
    found = Heard.objects.select_related("source").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这条外来预警。"), code="no_alert", status=404)
    return found
