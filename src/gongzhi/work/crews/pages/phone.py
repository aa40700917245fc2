"""The crew's phone: where we are sent, and one large button for what comes next."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import public, staff
from gongzhi.base.ui.context import live_line
from gongzhi.base.ui.errors import Refused
from gongzhi.work.crews.selectors.phone import phone_of, unit_of
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.maps import bounds_of

CREW = "dispatch.work_unit"
MOST_PHOTOS = 5


@staff(CREW)
@never_cache
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    here = {
        **live_line(),
        **_seen(request),
        "layers_url": reverse("places:layers"),
        "bounds": bounds_of(None),
        "who": account_of(request).pk,
        "manifest_url": reverse("crews:manifest"),
    }
    return render(request, "crews/phone.html", here)


@staff(CREW)
@never_cache
@require_safe
def piece(request: HttpRequest) -> HttpResponse:
    """What changes of it."""
    return drawn(request)


@public
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the crew's page on its home screen."""
    icons = [
        {"src": static(f"ui/crew-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png",
         "purpose": "any maskable"}
        for size in (192, 512)
    ]  # fmt: skip
    told: dict[str, Any] = {
        "id": "/crew/",
        "name": _("出警终端"),
        "short_name": _("出警"),
        "start_url": reverse("crews:phone"),
        "scope": "/",  # the sign-in page belongs to it
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#f8f4ec",
        "theme_color": "#f8f4ec",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


def drawn(request: HttpRequest) -> HttpResponse:
    """The piece of the page that changes."""
    return render(request, "crews/parts/crew.html", _seen(request))


def answer(request: HttpRequest) -> HttpResponse:
    """After a deed: the piece anew; for a browser without scripts, the page."""
    return drawn(request) if request.headers.get("HX-Request") else redirect("crews:phone")


def own_unit(request: HttpRequest) -> ResponseUnit:
    """The unit that they are on duty with. Refuses whoever is not."""
    unit = unit_of(account_of(request))
    if unit is None:
        raise Refused(_("您还没有上岗，请先选出警单位。"), code="not_on_duty", status=409)
    return unit


def _seen(request: HttpRequest) -> dict[str, Any]:
    return {
        "crew": phone_of(account_of(request)),
        "most_photos": MOST_PHOTOS,
        "key": uuid4().hex,  # of the next report, where no script gives it its own
    }
