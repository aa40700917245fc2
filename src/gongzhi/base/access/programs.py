"""What the interfaces for programs have in common: problems, pages by cursor, changes by the log,
and the sender's own name of a send."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.shapes import ListQuery
from gongzhi.base.log import chain
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.answers import refusal
from gongzhi.base.ui.errors import Refused

Row = TypeVar("Row", bound=Model)
SPAN = 5000
"""Entries of the log that one question looks through at most."""
_SEND = re.compile(r"[A-Za-z0-9_-]{16,64}")


def interface(title: str, about: str, *, namespace: str) -> NinjaAPI:
    """An interface whose every refusal is a problem (RFC 9457)."""
    api = NinjaAPI(
        title=title, version="1", urls_namespace=namespace, description=about,
        docs_url=None, openapi_url=None,
    )  # fmt: skip
    api.exception_handler(ValidationError)(_wrong_input)
    api.exception_handler(RawPostDataException)(_unreadable)
    api.exception_handler(HttpError)(_unreadable)
    api.exception_handler(Refused)(refusal)
    return api


def description(api: NinjaAPI, prefix: str) -> JsonResponse:
    """The interface described (OpenAPI 3.1), with the key that it asks for."""
    told = api.get_openapi_schema(path_prefix=prefix)
    for operation in (one for path in told["paths"].values() for one in path.values()):
        operation["responses"] = {**_REFUSALS, **operation["responses"]}
        operation["security"] = [{"key": []}]
    key = {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}}
    parts = told.get("components", {})
    schemas = {**parts.get("schemas", {}), "Problem": _PROBLEM}
    told["components"] = {**parts, "schemas": schemas, **key}
    told["security"] = [{"key": []}]
    return JsonResponse(told)


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"}, "code": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}  # fmt: skip
_WHY = {
    400: "Can't be read", 401: "No key", 403: "A key that may not", 404: "Not this key's, or none",
    405: "Not so", 409: "Contradicts what is known", 413: "Too large",
    422: "Wrong or unknown, see fields", 429: "Too often, see Retry-After",
}  # fmt: skip
_REFUSALS = {
    str(status): {
        "description": words,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for status, words in _WHY.items()
}
"""What every operation may answer besides: each a problem (RFC 9457)."""


def page_of(found: QuerySet[Row], query: ListQuery) -> tuple[list[Row], str | None]:
    """The page that was asked for, of rows with the highest key first, and the next one's
    cursor."""
    if query.after:
        found = found.filter(pk__lt=int(query.after))
    rows = list(found[: query.limit + 1])
    page = rows[: query.limit]
    return page, str(page[-1].pk) if len(rows) > query.limit else None


Mine = Callable[[set[int]], set[int]]
"""Which of these are the asking key's."""


def changes_since(
    after: str | None, most: int, rows: QuerySet[Entry], about: Callable[[Entry], int], mine: Mine
) -> dict[str, Any]:
    """What happened to one's own after this cursor; without one, the cursor of now. By the log's
    own numbers, whose order is that of the commits: whoever goes on from it misses nothing."""
    head, begin = chain.head()[0], int(after) if after else None
    if begin is None or begin > head:
        return {"changes": [], "next": str(head), "more": False}
    upto = min(head, begin + SPAN)
    told = [(one, about(one)) for one in rows.filter(seq__gt=begin, seq__lte=upto).order_by("seq")]
    own = mine({key for _entry, key in told})
    found = [(entry, key) for entry, key in told if key in own]
    last = found[most - 1][0].seq if len(found) > most else upto
    return {"changes": _as_told(found[:most]), "next": str(last), "more": last < head}


def send_of(request: HttpRequest, key: ApiKey, name: str) -> str | None:
    """The sender's own name of this send (``Idempotency-Key``), made ours for the interface
    `name`; None without one. Refuses (422) what is no such name."""
    given = request.headers.get("Idempotency-Key", "").strip('"')
    if not given:
        return None
    if not _SEND.fullmatch(given):
        raise Refused(
            _("Idempotency-Key 应为 16 到 64 个字母、数字、短横线或下划线。"),
            code="idempotency_key", status=422,
        )  # fmt: skip
    return hashlib.sha256(f"{name} {key.pk}\n{given}".encode()).hexdigest()


def _as_told(found: Iterable[tuple[Entry, int]]) -> list[dict[str, Any]]:
    return [
        {"id": str(entry.seq), "at": entry.at, "request": key,
         "what": entry.kind.partition(".")[2]}
        for entry, key in found
    ]  # fmt: skip


def _wrong_input(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Name each field that is wrong."""
    fields = {".".join(str(part) for part in one["loc"][1:]): one["msg"] for one in wrong.errors}
    said = Refused(_("请求的内容不对，请看 fields。"), code="invalid", status=422, fields=fields)
    return refusal(request, said)


def _unreadable(request: HttpRequest, wrong: Exception) -> HttpResponse:
    """What came can't be read: a form, say, or half a text."""
    return refusal(request, Refused(_("请用 JSON 发送。"), code="not_json", status=400))
