"""Which receipt a browser has opened: in a signed cookie, so that no address carries it.

A cookie and not the session: a report then costs the database one transaction and not two.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import receipt_with

COOKIE = "receipt"
SALT = "gongzhi.participation.receipt"
HOURS = 12
Deed = Callable[[HttpRequest, Receipt], str]


def to_matter(receipt: Receipt) -> HttpResponse:
    """To the page where the receipt's matter is followed."""
    return keep(redirect("participation:matter"), receipt)


def keep(response: HttpResponse, receipt: Receipt) -> HttpResponse:
    """The response, which makes the browser remember the receipt."""
    response.set_signed_cookie(
        COOKIE,
        str(receipt.pk),
        salt=SALT,
        max_age=HOURS * 3600,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def kept_receipt(request: HttpRequest) -> Receipt | None:
    """The receipt that this browser has opened within the last hours, if any."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=HOURS * 3600)
    return receipt_with(int(kept)) if kept else None


def own_deed(
    procedure: str = "", *, kind: str = ""
) -> Callable[[Deed], Callable[[HttpRequest], HttpResponse]]:
    """Make a view of what people do with their own matter of this procedure, or of procedures of
    this kind, whose code this browser knows; the deed gives the sentence that thanks them."""

    def wrap(deed: Deed) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(deed)
        def answered(request: HttpRequest) -> HttpResponse:
            receipt = kept_receipt(request)
            if receipt is None:
                return redirect("participation:follow")
            matter = receipt.matter
            own = matter.procedure_item.kind == kind if kind else matter.procedure == procedure
            if not own:  # an incident, say, is only looked at
                raise Refused(_("这里只能看进度。"), code="only_followed", status=409)
            messages.success(request, deed(request, receipt))
            return redirect("participation:matter")

        return answered

    return wrap
