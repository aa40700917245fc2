"""A refusal becomes an answer: a page for people, a fragment for htmx, a problem for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from gongzhi.base.ui.context import county_name
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.sentences import Sentence, sentence_for

API_PATHS = ("/api/", "/open311/")
PROBLEM = "application/problem+json"
_PERSONS_FIRST = ["text/html", PROBLEM, "application/json"]


def wants_problem(request: HttpRequest) -> bool:
    """True for a program: an API path, or JSON preferred to HTML."""
    if request.path_info.startswith(API_PATHS):
        return True
    return request.get_preferred_type(_PERSONS_FIRST) in _PERSONS_FIRST[1:]


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The answer to `refused`, in the form that the asker reads."""
    if wants_problem(request):
        response: HttpResponse = _problem(refused)
    elif request.headers.get("HX-Request"):
        response = _fragment(refused)
    else:
        title = sentence_for(refused.status).title
        response = error_page(request, refused.status, Sentence(title, str(refused)), refused)
    if refused.retry_after is not None:
        response["Retry-After"] = str(refused.retry_after)
    return response


def error(request: HttpRequest, status: int, sentence: Sentence | None = None) -> HttpResponse:
    """The answer to an error that carries no words of its own. `status` may be a 5xx."""
    said = sentence or sentence_for(status)
    if wants_problem(request):
        return _problem_of(status, f"http_{status}", said.title, said.advice)
    if request.headers.get("HX-Request"):
        return _toast(f"{said.title}：{said.advice}" if _chinese() else said.advice, status)
    return error_page(request, status, said)


def error_page(
    request: HttpRequest, status: int, sentence: Sentence, refused: Refused | None = None
) -> HttpResponse:
    """A whole page that needs neither database nor session, so it can always be shown."""
    said = {
        "county": county_name(ask=False),
        "status": status,
        "title": sentence.title,
        "advice": sentence.advice,
        "fields": refused.fields if refused else {},
        "back": _own_page(request),
    }
    return HttpResponse(render_to_string("ui/error.html", said), status=status)


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _own_page(request: HttpRequest) -> str:
    """The page one came from, when it is one of ours; else the home page."""
    try:
        ours = f"{request.scheme}://{request.get_host()}/"
    except DisallowedHost:
        return "/"
    referer = request.headers.get("Referer", "")
    return referer if referer.startswith(ours) else "/"


def _problem(refused: Refused) -> JsonResponse:
    fields = {name: str(words) for name, words in refused.fields.items()}
    title = sentence_for(refused.status).title
    return _problem_of(refused.status, refused.code, title, str(refused), fields)


def _problem_of(
    status: int, code: str, title: Any, detail: Any, fields: Mapping[str, str] | None = None
) -> JsonResponse:
    body: dict[str, Any] = {
        "type": f"urn:gongzhi:problem:{code}",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        "code": code,
    }
    if fields:
        body["fields"] = dict(fields)
    return JsonResponse(
        body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False}
    )


def _fragment(refused: Refused) -> HttpResponse:
    response = _toast(str(refused), refused.status)
    fields = {name: str(words) for name, words in refused.fields.items()}
    # Field errors travel beside the toast; the page's script writes them under the fields.
    response["HX-Trigger"] = json.dumps({"gz:refused": {"code": refused.code, "fields": fields}})
    return response


def _toast(words: Any, status: int) -> HttpResponse:
    """htmx swaps error answers too: this one goes to the toasts, and leaves its target alone."""
    response = HttpResponse(
        render_to_string("ui/parts/toast.html", {"tone": "bad", "words": words}), status=status
    )
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    return response
