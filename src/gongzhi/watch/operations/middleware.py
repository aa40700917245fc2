"""Each request counted, and told in one line, by its route: no address, no words, no person."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongzhi.base.access.marks import mark_of
from gongzhi.base.log.spans import span
from gongzhi.watch.operations import failures
from gongzhi.watch.operations.counting import meters

REQUEST_ID = "X-Request-Id"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
_log = logging.getLogger("gongzhi.request")
Answer = Callable[[HttpRequest], HttpResponseBase]


class Measured:
    """The outermost of all: it sees what was asked and what was answered, and when."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and note it."""
        begun, name = monotonic(), uuid4().hex
        with span("request", method=_method(request)) as note:
            response = self.answer(request)
            note(route=route_of(request), status=response.status_code, role=role_of(request))
        route = route_of(request)
        _count(request, route, response.status_code, seconds := monotonic() - begun)
        if response.status_code >= 500:  # alone: any other two answers alike stay alike
            response[REQUEST_ID] = name
            failures.note(route, response.status_code, name)
        _log.info(
            "request",
            extra={
                "told": {
                    "request": name, "route": route, "method": _method(request),
                    "status": response.status_code, "ms": round(seconds * 1000, 1),
                    "role": role_of(request),
                }
            },
        )  # fmt: skip
        return response


def route_of(request: HttpRequest) -> str:
    """The name of the page that answered: never the address, which may name a matter."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return str(match.view_name or "unnamed")
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def role_of(request: HttpRequest) -> str:
    """As what somebody asked: the first of their roles, "public", or "program". Asks the database
    nothing: who is signed in is known where the page wanted to know."""
    user = getattr(request, "_cached_user", None)
    if roles := getattr(user, "roles", None):
        return str(roles[0])
    keyed = request.headers.get("Authorization") or request.headers.get("X-API-Key")
    return "program" if keyed else "public"


def _method(request: HttpRequest) -> str:
    return request.method if request.method in METHODS else "other"


def _count(request: HttpRequest, route: str, status: int, seconds: float) -> None:
    counted = meters()
    counted.requests.labels(route, f"{status // 100}xx").inc()
    counted.seconds.labels(route).observe(seconds)
    if request.method == "POST" and _is_intake(request):
        result = "failed" if status >= 500 else "refused" if status >= 400 else "accepted"
        counted.intake.labels(route, result).inc()


def _is_intake(request: HttpRequest) -> bool:
    """Whether it came by a door that is open to the public or to programs."""
    match = getattr(request, "resolver_match", None)
    mark = mark_of(match.func, "POST") if match is not None else None
    return mark is not None and mark.who in {"public", "programs"}
