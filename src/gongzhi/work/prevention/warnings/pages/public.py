"""What everybody reads: the warnings that stand, one of them, and a poster of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.log.actions import now
from gongzhi.base.places.maps import map_of
from gongzhi.base.ui import spans
from gongzhi.work.prevention.warnings.models import Warning
from gongzhi.work.prevention.warnings.selectors import ended_lately, standing
from gongzhi.work.prevention.warnings.selectors.finding import shown_warning
from gongzhi.work.prevention.warnings.words import TYPES, called, card, in_both

A_MINUTE = {"tries": 240, "seconds": 60}
"""For one address, which may be a whole village behind one mast."""
MOST = 30


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All that stand, the gravest first; and for a day what is over."""
    limit("warnings", address_of(request), **A_MINUTE)
    found, at = standing(), now()
    here = {
        "cards": [card(one) for one in found],
        "over": [card(one) for one in ended_lately(at)[:MOST]],
        "read_at": at,
        "map": map_of(),
        "shapes": shapes_of(found),
    }
    return render(request, "warnings/index.html", here)


@public
@require_safe
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One warning with its whole course."""
    limit("warnings", address_of(request), **A_MINUTE)
    warning = shown_warning(number)
    here = {
        "card": card(warning),
        "warning": warning,
        "course": [(one, TYPES[one.msg_type]) for one in warning.messages.order_by("-serial")],
        "read_at": now(),
        "map": map_of(),
        "shapes": shapes_of([warning]),
    }
    return render(request, "warnings/one.html", here)


@public
@require_safe
def poster(request: HttpRequest, number: str) -> HttpResponse:
    """One sheet of A4 for the board in the village: both languages, and the address in plain."""
    limit("warnings", address_of(request), **A_MINUTE)
    warning = shown_warning(number)
    address = request.build_absolute_uri(reverse("warnings:index"))
    return render(request, "warnings/poster.html", {**both(warning), "address": address})


def both(warning: Warning) -> dict[str, Any]:
    """The message that holds, for a page that shows both languages."""
    assert warning.current is not None  # noqa: S101  (what is shown says something)
    shown, ends = card(warning), warning.ended_at or warning.current.ends_at
    until = gettext_lazy("到 %(at)s 为止；最新情况看：")
    return {
        "warning": warning, "said": warning.current, "card": shown,
        "titles": in_both(lambda: shown.over or called(warning)),
        "untils": in_both(lambda: until % {"at": spans.day_hour(ends)}),
    }  # fmt: skip


def shapes_of(warnings: list[Warning]) -> dict[str, Any]:
    """Where they hold, as the map draws them."""
    found = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": {"level": card(one).level, "words": one.current.headline},
        }
        for one in reversed(warnings)  # the gravest is drawn last, above the others
        if one.current and (shape := one.current.shape)
    ]
    return {"type": "FeatureCollection", "features": found}
