"""Which brokers the log is published to, and how far each is behind."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.watch.exchange.leaving import FIELDS, chosen
from gongzhi.watch.exchange.outside_words import why_failed
from gongzhi.watch.exchange.publishing.actions import MANAGE
from gongzhi.watch.exchange.publishing.models import Publication
from gongzhi.watch.exchange.publishing.sending import waiting_of


@staff(MANAGE)
@never_cache
@require_safe
def streams(request: HttpRequest) -> HttpResponse:
    """All streams of the catalogue, and all that may leave."""
    rows = [_row(one) for one in catalogue().streams.values()]
    labels = declared_events()
    leaves = [(kind, labels[kind].label, fields) for kind, fields in sorted(FIELDS.items())]
    return render(request, "publishing/streams.html", {"streams": rows, "leaves": leaves})


def _row(stream: Stream) -> dict[str, Any]:
    found = Publication.objects.filter(stream=stream.code).first()
    failure = found.failure if found and found.failing_since else ""
    return {
        "stream": stream, "found": found, "waits": waiting_of(stream.code),
        "why": why_failed(failure) if failure else "", "kinds": len(chosen(stream.kinds)),
    }  # fmt: skip
