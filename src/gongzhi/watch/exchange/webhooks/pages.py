"""Which partners' systems are told, how that goes, and switching one on again."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.outside_words import why_failed
from gongzhi.watch.exchange.webhooks.actions import MANAGE, enable_hook
from gongzhi.watch.exchange.webhooks.models import Hook


@staff(MANAGE)
@never_cache
@require_safe
def hooks(request: HttpRequest) -> HttpResponse:
    """All hooks that have not ended. Addresses may hold a secret, so only their host is shown."""
    found = Hook.objects.filter(ended_at=None).select_related("unit")
    waits = Count("deliveries", filter=Q(deliveries__done_at=None))
    rows = [
        (one, why_failed(one.failure) if one.failure else "")
        for one in found.annotate(waits=waits).order_by("unit", "pk")
    ]
    return render(request, "webhooks/hooks.html", {"hooks": rows})


@staff(MANAGE)
@require_POST
def enable(request: HttpRequest, key: int) -> HttpResponse:
    """Try one again that was disabled."""
    found = Hook.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这条推送。"), code="no_hook", status=404)
    enable_hook(by_of(request), found)
    messages.success(request, _("已重新启用，积下的马上补发。"))
    return redirect("webhooks:hooks")
