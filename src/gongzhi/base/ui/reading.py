"""How somebody reads: larger type, simple words. Kept in cookies that say nothing else, set by a
form, so that it works without a script."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gongzhi.base.access.marks import public

WAYS: Mapping[str, str] = {"type": "large", "words": "easy"}
"""What can be chosen, and the one value beside the usual one."""
A_YEAR = 365 * 24 * 3600


def reads_large(request: HttpRequest) -> bool:
    """Whether larger type was chosen."""
    return request.COOKIES.get("type") == WAYS["type"]


def reads_easily(request: HttpRequest) -> bool:
    """Whether simple words were chosen."""
    return request.COOKIES.get("words") == WAYS["words"]


@public
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen, and go back where one was."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if safe else "/")
    for name, value in WAYS.items():
        chosen = request.POST.get(name)
        if chosen == value:
            response.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="Lax")
        elif chosen is not None:
            response.delete_cookie(name, samesite="Lax")
    return response
