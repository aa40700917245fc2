"""Which unfinished form a browser is at: in a signed cookie, so that no address carries it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongzhi.work.public_services.models import Unfinished
from gongzhi.work.public_services.selectors.forms import KEPT, form_kept

COOKIE = "service-form"
SALT = "gongzhi.public_services.form"
HOURS = 12
"""On a shared device the next one should not find it; the code opens it again."""


def keep_form(response: HttpResponse, form: Unfinished) -> HttpResponse:
    """The response, which makes the browser remember the form."""
    age = int(min(KEPT.total_seconds(), HOURS * 3600))
    response.set_signed_cookie(
        COOKIE, str(form.pk), salt=SALT, max_age=age, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def let_go(response: HttpResponse) -> HttpResponse:
    """The response, after which the browser knows of no form."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def kept_form(request: HttpRequest) -> Unfinished | None:
    """The form that this browser is at, if any."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=HOURS * 3600)
    return form_kept(int(kept)) if kept else None
