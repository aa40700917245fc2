"""What a browser is in the middle of: a wish and the key of its proof, in a signed cookie."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongzhi.watch.notices.wishes import Wish

COOKIE, SALT, SECONDS = "wish", "gongzhi.notices.wish", 1200


def keep(response: HttpResponse, key: str, wish: Wish) -> HttpResponse:
    """The response, which makes the browser remember both. No address is in it."""
    response.set_signed_cookie(
        COOKIE, json.dumps([key, wish.written()]), salt=SALT, max_age=SECONDS, httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def kept(request: HttpRequest) -> tuple[str, Wish] | None:
    """The key and the wish, if it hasn't been too long."""
    found = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SECONDS)
    if not found:
        return None
    key, wish = json.loads(found)
    return key, Wish.read(wish)
