"""What of a visitor's own a browser has opened by its code: in a signed cookie, so that no address
carries the code. A cookie and not the session: opening it then costs the database nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HOURS = 12
"""How long a browser remembers."""


@dataclass(frozen=True)
class Kept:
    """One kind of thing: the cookie that names it, and the salt of its signature."""

    cookie: str
    salt: str
    hours: int = HOURS

    def keep(self, response: HttpResponse, key: int) -> HttpResponse:
        """The response, which makes the browser remember the row of this key."""
        response.set_signed_cookie(
            self.cookie, str(key), salt=self.salt, max_age=self.hours * 3600, httponly=True,
            samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        return response

    def key_in(self, request: HttpRequest) -> int | None:
        """The key that this browser has remembered within the last hours, if any."""
        kept = request.get_signed_cookie(
            self.cookie, default="", salt=self.salt, max_age=self.hours * 3600
        )
        return int(kept) if kept else None
