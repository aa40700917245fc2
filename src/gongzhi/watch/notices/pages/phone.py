"""The demo county's phone: what would have come by text message or e-mail. In a demo only."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.watch.notices.models import Shown

MOST = 40


@public
@never_cache
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The latest messages, as on a phone. Elsewhere there is no such page."""
    if not settings.DEMO:
        raise Http404
    shown = [(one, linked(one.words)) for one in Shown.objects.order_by("-pk")[:MOST]]
    return render(request, "notices/phone.html", {"shown": shown})


def linked(words: str) -> SafeString:
    """The words, our own addresses in them to be pressed, as a phone would show them."""
    parts = _OURS.split(words)  # every second one is an address
    pieces = [_link(one) if at % 2 else one for at, one in enumerate(parts)]
    return format_html_join("", "{}", ((one,) for one in pieces))


_OURS = re.compile(r"(?<=\s)((?:https?://[^\s/]+)?/[a-z]+/\S*)")


def _link(address: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', urlsplit(address).path, address)
