"""The description of the interface (OpenAPI 3.1), for those who build a client."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import programs
from gongzhi.base.access.programs import description
from gongzhi.watch.exchange.agreements.api.routes import api


@programs
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The whole description; it needs no key."""
    return description(api, "/api/agreements/v1/")
