"""The addresses under ``/api/v1/services/``."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.keys import required_key
from gongzhi.base.access.marks import programs
from gongzhi.base.access.programs import send_of
from gongzhi.base.access.throttle import address_of, limit
from gongzhi.base.catalogue.kinds.service import Service
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for, hashed, shown
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import receipt_of
from gongzhi.work.public_services import actions
from gongzhi.work.public_services.api.filing import filed
from gongzhi.work.public_services.api.reading import body_of, read_application
from gongzhi.work.public_services.api.schema import schema_of
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.permissions import FILE
from gongzhi.work.public_services.selectors.desk import papers_of
from gongzhi.work.public_services.selectors.services import offices_of, service_named
from gongzhi.work.public_services.uploads import received

SCHEMA_TYPE = "application/schema+json"
READS, TRIES, SECONDS = 1200, 60, 600
CODE_HEADER = "Follow-Code"


@programs
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """All services, for anybody."""
    limit("services.api.read", address_of(request), tries=READS, seconds=SECONDS)
    return _json({"services": [_in_short(one) for one in catalogue().services.values()]}, kept=True)


@programs
@require_safe
def schema(request: HttpRequest, code: str) -> HttpResponse:
    """What an application must be, as JSON Schema; for anybody."""
    limit("services.api.read", address_of(request), tries=READS, seconds=SECONDS)
    service = _online(code)
    address = request.build_absolute_uri(request.path)
    told = {"$id": address, **schema_of(service, offices_of(service))}
    response = _json(told, kept=True)
    response["Content-Type"] = SCHEMA_TYPE
    return response


@programs
@require_POST
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Apply: 201 and the receipt; 200 and the same one for a repeat of the same send."""
    key = required_key(request, FILE, name="services.api")
    service = _online(code)
    sent = read_application(service, offices_of(service), body_of(request))
    send = send_of(request, key, "services") or secrets.token_urlsafe(24)
    receipt, new = filed(key, service, sent, send)
    told = _told(receipt) | {"code": shown(code_for(receipt.idempotency_key))}
    return _json(told, status=201 if new else 200)


@programs
@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    """How far an application is, by its code."""
    return _json(_told(_receipt(request)))


@programs
@require_POST
def material(request: HttpRequest, code: str) -> HttpResponse:
    """Add a photo or a PDF as a material of one's own application."""
    key = required_key(request, FILE, name="services.api")
    receipt = _receipt(request)
    file = request.FILES.get("file")
    if file is None:
        words = _("请把照片或者 PDF 放在 multipart 的 file 里。")
        raise Refused(words, code="upload", status=422, fields={"file": words})
    actions.add_material(Actor.key(key), receipt, code, received(file))
    return _json(_told(receipt), status=201)


def _receipt(request: HttpRequest) -> Receipt:
    """The one that the code in the header opens, if it is an application's."""
    required_key(request, FILE, name="services.api")
    code = request.headers.get(CODE_HEADER, "")[:40]
    limit("services.api.code", address_of(request), tries=READS, seconds=SECONDS)
    limit("services.api.one", hashed(code), tries=TRIES, seconds=SECONDS)
    receipt = receipt_of(code)
    if receipt.joined or not Application.objects.filter(pk=receipt.matter_id).exists():
        raise Refused(_("这个查询码不是办事申请的。"), code="no_application", status=404)
    return receipt


def _online(code: str) -> Service:
    service = service_named(code)
    if not service.is_online:
        raise Refused(_("这项服务请到窗口办理。"), code="not_online", status=409)
    return service


def _in_short(service: Service) -> dict[str, Any]:
    base = "public_services:api_"
    return {
        "code": service.code,
        "name": str(service.name),
        "about": str(service.about),
        "version": service.version,
        "online": service.is_online,
        "visits": service.visits,
        "page": reverse("public_services:service", args=[service.code]),
        "schema": reverse(f"{base}schema", args=[service.code]) if service.is_online else None,
        "apply": reverse(f"{base}apply", args=[service.code]) if service.is_online else None,
    }


def _told(receipt: Receipt) -> dict[str, Any]:
    """An application as whoever has its code may know it: nothing of who applied."""
    one = Application.objects.select_related("matter__owner_unit").get(pk=receipt.matter_id)
    matter = one.matter
    return {
        "number": matter.number,
        "service": one.service,
        "office": matter.owner_unit.code,
        "step": matter.step,
        "step_name": str(matter.step_item.name),
        "materials": [
            {"code": it.item.code, "state": it.row.state, "upload": it.item.by_upload}
            for it in papers_of(one)
        ],
        "clocks": [
            {"code": it.clock, "due_at": it.due_at.isoformat() if it.due_at else None}
            for it in matter.clocks.filter(stopped_at=None)
        ],
    }


def _json(told: dict[str, Any], *, status: int = 200, kept: bool = False) -> JsonResponse:
    """As JSON. Only what everybody may read may be kept on its way (`kept`)."""
    response = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    if not kept:
        response["Cache-Control"] = "no-store"
    return response
