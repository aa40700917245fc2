"""Which partners' systems are told, how that goes, and switching one on again."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.log.events import declared_events
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.outside_words import why_failed
from gongzhi.watch.exchange.webhooks.actions import KEPT, MANAGE, enable_hook, replay
from gongzhi.watch.exchange.webhooks.models import Delivery, Hook

SHOWN = 100
"""Letters on the page of one hook, of either kind."""


@staff(MANAGE)
@never_cache
@require_safe
def hooks(request: HttpRequest) -> HttpResponse:
    """All hooks that have not ended. Addresses may hold a secret, so only their host is shown."""
    found = Hook.objects.filter(ended_at=None).select_related("unit")
    dead = Q(deliveries__dead_at__isnull=False)
    found = found.annotate(
        waits=Count("deliveries", filter=Q(deliveries__done_at=None) & ~dead),
        aside=Count("deliveries", filter=dead),
    )
    rows = [
        (one, why_failed(one.failure) if one.failure else "")
        for one in found.order_by("unit", "pk")
    ]
    return render(request, "webhooks/hooks.html", {"hooks": rows})


@staff(MANAGE)
@require_POST
def enable(request: HttpRequest, key: int) -> HttpResponse:
    """Try one again that was disabled."""
    enable_hook(by_of(request), _found(key))
    messages.success(request, _("已重新启用，积下的马上补发。"))
    return redirect("webhooks:hooks")


@staff(MANAGE)
@never_cache
@require_safe
def letters(request: HttpRequest, key: int) -> HttpResponse:
    """What one hook was told lately, what it was not, and why; what was set aside stands first."""
    hook = _found(key)
    told = Delivery.objects.filter(hook=hook)
    aside = list(told.filter(dead_at__isnull=False).order_by("-seq")[:SHOWN])
    others = list(told.filter(dead_at=None).order_by("-seq")[:SHOWN])
    labels = {kind: event.label for kind, event in declared_events().items()}
    rows = [
        (one, labels.get(one.kind, one.kind), why_failed(one.failure) if one.failure else "")
        for one in (*aside, *others)
    ]
    here = {"hook": hook, "letters": rows, "aside": len(aside), "kept": KEPT.days}
    return render(request, "webhooks/letters.html", here)


@staff(MANAGE)
@require_POST
def again(request: HttpRequest, key: int) -> HttpResponse:
    """Tell again: ``letter`` one of them, ``since`` all since then, or all that were set aside."""
    hook, letter, since = _found(key), request.POST.get("letter", ""), request.POST.get("since")
    chosen = int(letter) if letter.isdecimal() else None
    many = replay(by_of(request), hook, letter=chosen, since=_moment(since) if since else None)
    said = ngettext("%(n)s 条重新推送。", "%(n)s 条重新推送。", many)
    messages.success(request, said % {"n": many})
    return redirect("webhooks:letters", key)


def _moment(text: str) -> datetime:
    """A moment by the county's clocks. Refuses (422) what is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise Refused(_("请写日期和时间。"), code="since", status=422)
    return make_aware(found) if is_naive(found) else found


def _found(key: int) -> Hook:
    found = Hook.objects.filter(pk=key).select_related("unit").first()
    if found is None:
        raise Refused(_("没有这条推送。"), code="no_hook", status=404)
    return found
