"""Pages of the ground floor: errors, being offline, language, service worker, style guide."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from gongzhi.base.access.marks import public
from gongzhi.base.ui import assets
from gongzhi.base.ui.answers import error, refusal
from gongzhi.base.ui.context import address, county_name
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.sentences import COOKIE_MISSING, FORM_EXPIRED

SHELL = ("app.css", "map.css", "public.js", "map.js", "map-worker.js")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when it was only too much of it."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return error(request, 413 if too_big else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return error(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or the refusal that a middleware raised, which Django would call a server error."""
    raised = sys.exc_info()[1]
    return refusal(request, raised) if isinstance(raised, Refused) else error(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is too old, or that a browser without cookies sent."""
    missing = reason == REASON_NO_CSRF_COOKIE
    return error(request, 403, COOKIE_MISSING if missing else FORM_EXPIRED)


@public
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and go back where one was."""
    return set_language(request)


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the service worker while there is no network."""
    return render(request, "ui/offline.html", {"report_url": address("participation:report")})


@public
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The built worker, told which files the resident's pages need."""
    path = assets.built_file("service-worker.js")
    script = path.read_text("utf-8") if path else ""
    shell = [assets.built(entry) for entry in SHELL if assets.built_file(entry)]
    told = {
        "mark": assets.build_mark(),
        "shell": [*shell, assets.sprite(), static("ui/mark.svg"), static("ui/islands.svg")],
        "offline": reverse("ui:offline"),
    }
    body = f"self.GONGZHI = {json.dumps(told)};\n{script}"
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    return response


@public
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put us on its home screen."""
    told: dict[str, Any] = {
        "name": county_name(),
        "short_name": _("共治"),
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f8f4ec",
        "theme_color": "#f8f4ec",
        "icons": [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")
