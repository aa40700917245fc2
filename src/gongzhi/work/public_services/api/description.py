"""The description of the interface (OpenAPI 3.1), made from the service files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import programs
from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.public_services.api.schema import DIALECT, schema_of
from gongzhi.work.public_services.selectors.services import offices_of

JSON, SCHEMA = "application/json", "application/schema+json"
AT = "/api/v1/services/"
CODE_PARAMETER = {
    "name": "Follow-Code", "in": "header", "required": True, "schema": {"type": "string"},
}  # fmt: skip


@programs
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The whole description; it needs no key."""
    online = [one for one in catalogue().services.values() if one.is_online]
    shapes = {one.code: schema_of(one, offices_of(one)) for one in online}
    told = {
        "openapi": "3.1.0",
        "info": {"title": str(_("网上办事接口")), "version": "1"},
        "jsonSchemaDialect": DIALECT,
        "paths": _paths(shapes),
        "components": {
            "schemas": {**shapes, "receipt": _RECEIPT, "problem": _PROBLEM},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _paths(shapes: dict[str, Any]) -> dict[str, Any]:
    paths: dict[str, Any] = {
        AT: {
            "get": {
                "operationId": "services",
                "responses": {"200": _answer("all services"), **_refusals("429")},
            }
        },
        f"{AT}application": {
            "get": _closed("follow", [CODE_PARAMETER], {"200": _receipt("how far it is")})
        },
        f"{AT}application/materials/{{material}}": {"post": _upload()},
    }
    for code, shape in shapes.items():
        paths[f"{AT}{code}/schema"] = {
            "get": {
                "operationId": f"schema_{code}",
                "responses": {"200": _answer("JSON Schema", SCHEMA), **_refusals("429")},
            }
        }
        paths[f"{AT}{code}/applications"] = {"post": _apply(code, shape)}
    return paths


def _apply(code: str, shape: dict[str, Any]) -> dict[str, Any]:
    send = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    answers = {"201": _receipt("applied"), "200": _receipt("a repeat of the same send")}
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{code}"}}}
    return {
        **_closed(f"apply_{code}", [send], answers),
        "summary": shape["title"],
        "requestBody": {"required": True, "content": content},
    }


def _upload() -> dict[str, Any]:
    where = {"name": "material", "in": "path", "required": True, "schema": {"type": "string"}}
    file = {"type": "object", "required": ["file"], "properties": {"file": {}}}
    return {
        **_closed("add_material", [where, CODE_PARAMETER], {"201": _receipt("kept, sealed")}),
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": file}}},
    }


def _closed(name: str, parameters: list[Any], answers: dict[str, Any]) -> dict[str, Any]:
    """An operation that needs a key, with the refusals that each can answer."""
    return {
        "operationId": name, "security": [{"key": []}], "parameters": parameters,
        "responses": {**answers, **_refusals(*_WHY)},
    }  # fmt: skip


_WHY = {
    "400": "can't be read", "401": "no key", "403": "a key that may not", "404": "there is none",
    "409": "not now", "413": "too large", "415": "not this kind of content",
    "422": "wrong, see fields", "429": "too often",
}  # fmt: skip


def _refusals(*codes: str) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {code: {"description": _WHY[code], "content": problem} for code in codes}


def _answer(words: str, form: str = JSON) -> dict[str, Any]:
    return {"description": words, "content": {form: {"schema": {"type": "object"}}}}


def _receipt(words: str) -> dict[str, Any]:
    shape = {"$ref": "#/components/schemas/receipt"}
    return {"description": words, "content": {JSON: {"schema": shape}}}


_TEXT = {"type": "string"}
_RECEIPT = {
    "type": "object",
    "required": ["number", "service", "office", "step", "step_name", "materials", "clocks"],
    "properties": {
        "code": {**_TEXT, "description": "Follows the application. Told to whoever applied, once."},
        "number": _TEXT, "service": _TEXT, "office": _TEXT, "step": _TEXT, "step_name": _TEXT,
        "materials": {"type": "array", "items": {"type": "object"}},
        "clocks": {"type": "array", "items": {"type": "object"}},
    },
}  # fmt: skip
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT,
        "code": _TEXT, "fields": {"type": "object", "additionalProperties": _TEXT},
    },
}  # fmt: skip
