"""What a directory is answered, whatever it asks below ``/scim/v2/``."""

from __future__ import annotations

import json
import logging

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.translation import override
from scim2_models import ForbiddenException, SCIMException, UnauthorizedException
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Operation
from scim2_server.service import ScimService

from gongzhi.base.access.keys import required_key
from gongzhi.base.access.models import ApiKey
from gongzhi.base.people.api.shapes import PROVIDER
from gongzhi.base.people.api.storage import OurStorage
from gongzhi.base.people.permissions import PROVISION
from gongzhi.base.ui.errors import Refused

SERVICE = ScimService(PROVIDER)
_log = logging.getLogger(__name__)


def answered(request: HttpRequest, path: str) -> HttpResponse:
    """The directory's own form of an answer, refusals and failures too."""
    try:
        sent = request.body
    except RawPostDataException:  # a form, read by what came before: no directory sends one
        sent = b""
    asked = ScimRequest(
        method=request.method or "GET",
        base_url=request.build_absolute_uri("/scim/v2"),
        path=f"/{path}",
        query={name: request.GET[name] for name in request.GET},
        headers=dict(request.headers),
        body=sent,
    )
    with override("en"):  # a directory's own log is read by whoever runs it, wherever that is
        answer = _answered(request, asked)
    body = b"" if answer.body is None else json.dumps(answer.body).encode()
    return HttpResponse(body, status=answer.status.value, headers=answer.headers)


def _answered(request: HttpRequest, asked: ScimRequest) -> ScimResponse:
    try:
        key = _key(request) if _needs_key(asked) else None
        return ScimHandler(SERVICE, OurStorage(key)).handle(asked)
    except SCIMException as wrong:
        return SERVICE.error_response(wrong)
    except Refused as refused:
        return SERVICE.error_response(_as_scim(refused))
    except Exception as broken:  # noqa: BLE001  (the directory is answered in its own form)
        _log.exception("SCIM %s %s", asked.method, asked.path)
        return SERVICE.error_response(broken)


def _key(request: HttpRequest) -> ApiKey:
    return required_key(request, PROVISION, name="scim")


def _needs_key(asked: ScimRequest) -> bool:
    """All but what a directory reads to learn how to show one (RFC 7643, 5)."""
    return SERVICE.match(asked).operation is not Operation.service_provider_config


def _as_scim(refused: Refused) -> SCIMException:
    if refused.status == 401 or refused.code == "unknown_key":
        return UnauthorizedException(detail=str(refused))
    said = ForbiddenException(detail=str(refused))
    said.status = refused.status
    return said
