"""The interface described for programs (OpenAPI 3.0), and the classes of the standard it keeps."""

from __future__ import annotations

from typing import Any

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_CLASS = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CONFORMS = [_CLASS + one for one in ("core", "oas30", "geojson")]
_NAME = {"type": "string", "minLength": 1, "maxLength": 80}


def description(server: str) -> dict[str, Any]:
    """Every address with its parameters and what it may answer."""
    code = _parameter("collectionId", "path", _NAME | {"pattern": "^[a-z][a-z0-9_-]*$"})
    name = _parameter("featureId", "path", _NAME | {"pattern": "^[A-Za-z0-9_-]+$"})
    return {
        "openapi": "3.0.3",
        "info": {"title": "Gongzhi features", "version": "1",
                 "description": "The county's maps as OGC API Features."},
        "servers": [{"url": server.rstrip("/")}],
        "security": [{}, {"key": []}],
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
                       "schemas": {"Problem": _PROBLEM}},
        "paths": {
            "/": _get("landing", _JSON),
            "/conformance": _get("conformance", _JSON),
            "/api": _get("api", {OPENAPI: {"schema": {"type": "object"}}}),
            "/collections": _get("collections", _JSON, refused=("403",)),
            "/collections/{collectionId}": _get("collection", _JSON, code, refused=_KEYED),
            "/collections/{collectionId}/items": _get(
                "items", _GEOJSON, code, *_QUERY, refused=_KEYED),
            "/collections/{collectionId}/items/{featureId}": _get(
                "item", _GEOJSON, code, name, refused=_KEYED),
        },
    }  # fmt: skip


def _get(
    operation: str, content: dict[str, Any], *parameters: dict[str, Any],
    refused: tuple[str, ...] = (),
) -> dict[str, Any]:  # fmt: skip
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers: dict[str, Any] = {"200": {"description": "As asked", "content": content}}
    for status in ("400", "429", *refused):
        answers[status] = {"description": _WHY[status], "content": problem}
    get = {"operationId": operation, "responses": answers}
    return {"get": get | ({"parameters": list(parameters)} if parameters else {})}


def _parameter(name: str, place: str, schema: dict[str, Any]) -> dict[str, Any]:
    told = {"name": name, "in": place, "required": place == "path", "schema": schema}
    return told | ({"style": "form", "explode": False} if schema.get("type") == "array" else {})


_SIDE = {"type": "number", "minimum": -180, "maximum": 180}
_QUERY = (
    _parameter("bbox", "query", {"type": "array", "items": _SIDE, "minItems": 4, "maxItems": 6}),
    _parameter("datetime", "query", {"type": "string"}),
    _parameter(
        "limit", "query", {"type": "integer", "minimum": 1, "maximum": 10000, "default": 100}
    ),
    _parameter("offset", "query", {"type": "integer", "minimum": 0, "maximum": 999999999}),
)
_KEYED = ("401", "403", "404")
_WHY = {
    "400": "A parameter that there is not, or that says nothing",
    "401": "This collection needs a key",
    "403": "This key may not read it",
    "404": "There is no such thing",
    "429": "Asked too often",
}
_JSON = {"application/json": {"schema": {"type": "object"}}}
_GEOJSON = {"application/geo+json": {"schema": {"type": "object", "required": ["type"]}}}
_PROBLEM = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {"title": {"type": "string"}, "status": {"type": "integer"},
                   "code": {"type": "string"}, "fields": {"type": "object"}},
}  # fmt: skip
