"""For programs: an Atom feed (RFC 4287) of CAP messages, each message, and GeoJSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.log.actions import now
from gongzhi.base.ui.context import county_name
from gongzhi.base.ui.templatetags.exercise import exercise_title
from gongzhi.work.prevention.warnings.cap.writing import cap_time
from gongzhi.work.prevention.warnings.models import Message, Warning
from gongzhi.work.prevention.warnings.selectors import ended_lately, standing
from gongzhi.work.prevention.warnings.selectors.finding import shown_message
from gongzhi.work.prevention.warnings.words import card

CAP = "application/cap+xml"
ATOM = "http://www.w3.org/2005/Atom"
A_MINUTE = {"tries": 240, "seconds": 60}
FRESH = 30
"""Seconds for which a proxy may tell it again."""
DAY_ONE = datetime.fromisoformat("1949-10-01T00:00:00+08:00")
"""When a feed without a warning was changed last."""


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What stands and what was over within a day; ``?lang=en`` for English titles."""
    limit("warnings.feed", address_of(request), **A_MINUTE)
    language = "en" if request.GET.get("lang", "").startswith("en") else "zh-hans"
    warnings = [*standing(), *ended_lately(now())]
    changed = max((_changed(one) for one in warnings), default=DAY_ONE)
    told = [language, *(f"{one.current_id}{one.state}" for one in warnings)]

    def build() -> HttpResponse:
        with translation.override(language):
            return HttpResponse(
                _atom(request, warnings, changed, language),
                content_type="application/atom+xml; charset=utf-8",
            )

    return _told(request, "\n".join(told), changed, build)


@public
@require_safe
def message(request: HttpRequest, identifier: str) -> HttpResponse:
    """One CAP message, byte for byte as it was published."""
    limit("warnings.feed", address_of(request), **A_MINUTE)
    found = shown_message(identifier)
    return _told(request, found.xml, found.sent, lambda: HttpResponse(found.xml, content_type=CAP))


@public
@require_safe
def active(request: HttpRequest) -> HttpResponse:
    """What stands, as GeoJSON."""
    limit("warnings.feed", address_of(request), **A_MINUTE)
    warnings = standing()
    found = {"type": "FeatureCollection", "features": [as_feature(one) for one in warnings]}
    changed = max((_changed(one) for one in warnings), default=DAY_ONE)
    told = "\n".join(str(one.current_id) for one in warnings)
    return _told(
        request, told, changed,
        lambda: JsonResponse(
            found, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False}
        ),
    )  # fmt: skip


def _told(
    request: HttpRequest, told: str, changed: datetime, build: Callable[[], HttpResponse]
) -> HttpResponse:
    """The answer with its mark and time; 304 for whoever has it."""
    mark = f"{request.get_host()}\n{told}"  # the feed names its own addresses
    etag = quote_etag(sha256(mark.encode()).hexdigest()[:32])
    stamp = int(changed.timestamp())
    same = get_conditional_response(request, etag=etag, last_modified=stamp)
    response = build() if same is None else HttpResponse(status=304)
    response["ETag"], response["Last-Modified"] = etag, http_date(stamp)
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=FRESH)
    return response


def _changed(warning: Warning) -> datetime:
    current = _current(warning)
    return max(current.sent, warning.ended_at or current.sent)


def _current(warning: Warning) -> Message:
    assert warning.current is not None  # noqa: S101  (what is shown says something)
    return warning.current


def _atom(request: HttpRequest, warnings: list[Warning], changed: datetime, language: str) -> bytes:
    itself = request.build_absolute_uri()
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en" if language == "en" else "zh-CN"})
    _put(root, "id", request.build_absolute_uri(reverse("warnings:feed")))
    _put(root, "title", exercise_title() + _("%(county)s预警") % {"county": county_name()})
    _put(root, "updated", changed.isoformat(timespec="seconds"))
    _put(SubElement(root, "author"), "name", county_name())
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": itself})
    page = request.build_absolute_uri(reverse("warnings:index"))
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": page})
    for warning in warnings:
        _entry(SubElement(root, "entry"), request, warning)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(entry: Element, request: HttpRequest, warning: Warning) -> None:
    current, shown = _current(warning), card(warning)
    page = request.build_absolute_uri(reverse("warnings:one", args=[warning.number]))
    cap = request.build_absolute_uri(reverse("warnings:message", args=[current.identifier]))
    _put(entry, "id", cap)
    _put(entry, "title", f"{shown.over or shown.title}: {current.headline}")
    _put(entry, "updated", _changed(warning).isoformat(timespec="seconds"))
    _put(entry, "published", current.sent.isoformat(timespec="seconds"))
    _put(entry, "summary", f"{current.instruction} {current.description}".strip())
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": page})
    SubElement(entry, "link", {"rel": "related", "type": CAP, "href": cap})
    for one in warning.kind.categories:
        SubElement(entry, "category", {"term": one})


def _put(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def as_feature(warning: Warning) -> dict[str, Any]:
    """One warning, as GeoJSON has it."""
    current = _current(warning)
    said = {
        "number": warning.number, "identifier": current.identifier, "event": warning.about,
        "severity": current.severity, "urgency": current.urgency, "certainty": current.certainty,
        "sent": cap_time(current.sent), "expires": cap_time(current.ends_at),
        "headline_zh": current.headline_zh, "headline_en": current.headline_en,
        "source": warning.source, "closes": warning.kind.closes,
    }  # fmt: skip
    return {"type": "Feature", "geometry": current.shape, "properties": said}
