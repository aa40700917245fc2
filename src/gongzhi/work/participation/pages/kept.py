"""Which receipt a browser has opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongzhi.base.access.kept import Kept
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import receipt_with

KEPT = Kept("receipt", "gongzhi.participation.receipt")
Deed = Callable[[HttpRequest, Receipt], str]


def to_matter(receipt: Receipt) -> HttpResponse:
    """To the page where the receipt's matter is followed."""
    return keep(redirect("participation:matter"), receipt)


def keep(response: HttpResponse, receipt: Receipt) -> HttpResponse:
    """The response, which makes the browser remember the receipt."""
    return KEPT.keep(response, receipt.pk)


def kept_receipt(request: HttpRequest) -> Receipt | None:
    """The receipt that this browser has opened within the last hours, if any."""
    key = KEPT.key_in(request)
    return receipt_with(key) if key else None


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
