"""Headers that keep a page to ourselves, and refusals made readable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from gongzhi.base.ui.answers import error, refusal
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.sentences import BROKEN_TEXT, NUL_BYTES, SENTENCES

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self'; object-src 'none'; "
    "base-uri 'self'; frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# An odd number of backslashes before u0000 makes it a NUL; an even number makes it text.
_NUL_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


EXERCISE = "Gongzhi-Exercise"
"""Says of each answer of a drill that it is one; a program that takes part sends it, too."""


class SecurityHeaders(MiddlewareMixin):
    """Sets every security header that the view has not set itself."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add what is missing."""
        for name, value in HEADERS.items():
            if not response.has_header(name):
                response[name] = value
        if settings.EXERCISE:
            response[EXERCISE] = "yes"
        return response


class RefusalsAsPages(MiddlewareMixin):
    """Answers a `Refused`, text that can't be stored, and bare error answers, in words."""

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse what no database can hold before anything looks at it."""
        try:
            _refuse_unstorable(request)
        except Refused as refused:
            return refusal(request, refused)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a `Refused` into its answer; leave every other error to Django."""
        return refusal(request, exception) if isinstance(exception, Refused) else None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Give an error without a body (405, 429, …) its sentence."""
        if response.status_code not in SENTENCES or response.streaming:
            return response
        if not isinstance(response, HttpResponse) or response.content or request.method == "HEAD":
            return response
        return _with_headers_of(response, error(request, response.status_code))


def _with_headers_of(bare: HttpResponse, worded: HttpResponse) -> HttpResponse:
    """The worded answer, with `Allow`, `Retry-After` and the like of the bare one."""
    for name, value in bare.headers.items():
        if name.lower() not in {"content-type", "content-length"}:
            worded[name] = value
    worded.cookies.update(bare.cookies)
    return worded


def _refuse_unstorable(request: HttpRequest) -> None:
    _refuse_text(request.GET.items(), request.path_info)
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    kind = request.content_type or ""
    if kind in _FORMS:
        _refuse_text(pair for key in request.POST for pair in _pairs(request, key))
    elif kind.endswith("json") and _NUL_IN_JSON.search(request.body):
        raise Refused(NUL_BYTES, code="nul_bytes")


def _pairs(request: HttpRequest, key: str) -> Iterable[tuple[str, str]]:
    return ((key, str(value)) for value in request.POST.getlist(key))


def _refuse_text(pairs: Iterable[tuple[str, Any]], path: str = "") -> None:
    if "\x00" in path:
        raise Refused(NUL_BYTES, code="nul_bytes")
    for name, value in pairs:
        if "\x00" in value or "\x00" in name:
            raise Refused(NUL_BYTES, code="nul_bytes", fields={name.strip("\x00"): NUL_BYTES})
        if "�" in value or "�" in name:  # Django decodes with errors="replace"
            raise Refused(BROKEN_TEXT, code="broken_text", fields={name: BROKEN_TEXT})
