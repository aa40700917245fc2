"""Deny by default: no view runs before its mark has let the asker in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from gongzhi.base.access.marks import Mark, mark_of
from gongzhi.base.access.permissions import asks_for_second, lacking, may
from gongzhi.base.access.sessions import FACTOR, has_proved_lately, is_of_demo, note_seen
from gongzhi.base.ui.answers import error, refusal, wants_problem
from gongzhi.base.ui.context import address
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.middleware import EXERCISE

WITHOUT_SECOND = {
    "access:mine", "access:code_app", "access:add_passkey", "access:ask_new_passkey",
    "access:ask_passkey", "access:again", "access:sign_out", "people:password", "ui:waiting",
    "access:link", "access:provider_back",
}  # fmt: skip
"""What opens for somebody who has yet to set up what their role asks for."""


class DenyByDefault(MiddlewareMixin):
    """Answers instead of a view that the asker may not open, or that nobody has marked."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view run."""
        mark = mark_of(view, request.method or "GET")
        if mark is None:
            return error(request, 403)
        if mark.who == "programs":
            return _of_a_drill(request)
        if mark.who != "staff":
            return None
        return _staff_only(request, mark) or _without_token(request, view)


def _of_a_drill(request: HttpRequest) -> HttpResponse | None:
    """A program takes part in a drill only if it says that it knows of it: what is made up here
    must not be taken for real in another system, nor what is real be lost in here."""
    if not settings.EXERCISE or request.headers.get(EXERCISE) == "yes":
        return None
    words = _("这里在演练，一切都不是真的。要参加演练的程序，请带上请求头 Gongzhi-Exercise: yes。")
    return refusal(request, Refused(words, code="exercise", status=409))


def _staff_only(request: HttpRequest, mark: Mark) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return sign_in_first(request)
    if mark.permission and not may(request.user, mark.permission):
        return refusal(request, lacking(mark.permission))
    note_seen(request.session)
    if _lacks_second(request):
        return _led(request, address("access:mine", "/"))
    if mark.again and request.method == "POST" and not has_proved_lately(request.session):
        page = address("access:again", "/")
        return _led(request, f"{page}?{urlencode({'next': _way_back(request)})}")
    return None


def _lacks_second(request: HttpRequest) -> bool:
    """Whether a role of theirs asks for more than a password, and they have shown no more: until
    they have set it up, nothing else opens."""
    if is_of_demo(request.session) or request.session.get(FACTOR):
        return False
    at = request.resolver_match
    if at is not None and at.view_name in WITHOUT_SECOND:
        return False
    return asks_for_second(getattr(request.user, "roles", ()))


def _led(request: HttpRequest, page: str) -> HttpResponse:
    """To another page first; the whole page, where a fragment asked."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=403)
        answer["HX-Redirect"] = page
        return answer
    if wants_problem(request) or not request.accepts("text/html"):
        words = _("请先再验证一次身份。")
        return refusal(request, Refused(words, code="prove_again", status=403))
    return redirect(page)


def _without_token(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse | None:
    """Ask for the form token wherever a session opens, also in an API, which Django exempts."""
    if not getattr(view, "csrf_exempt", False):
        return None
    return CsrfViewMiddleware(_nowhere).process_view(request, _nowhere, (), {})


def _nowhere(request: HttpRequest) -> HttpResponse:
    raise AssertionError("asked for its token only, never run")


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back for a person; 401 for a program, a stream, a fragment."""
    page = f"{address('access:sign_in', '/')}?{urlencode({'next': _way_back(request)})}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = page  # htmx then loads the whole page
        return answer
    if wants_problem(request) or not request.accepts("text/html"):
        return refusal(request, Refused(_("请先登录。"), code="sign_in_first", status=401))
    return redirect(page)


def _way_back(request: HttpRequest) -> str:
    """The page to return to: the one asked for, or the one whose form or fragment asked."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    return urlsplit(page).path or address("access:start", "/")
