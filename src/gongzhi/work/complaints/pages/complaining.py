"""The complainant's pages: the form, and what one may do later with one's code."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import let_see
from gongzhi.base.files.photos import Photo
from gongzhi.base.files.sent import photos_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Attachment, Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.complaints import actions
from gongzhi.work.complaints.actions.telling import PROCEDURE
from gongzhi.work.complaints.forms import ComplaintForm
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.complaints.permissions import known_to
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages.kept import kept_receipt, own_deed, to_matter
from gongzhi.work.participation.selectors import matter_followed, receipt_of


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("complain", tries=20, seconds=600)
def complain(request: HttpRequest) -> HttpResponse:
    """The form; a good one leads to its receipt, also when it is sent twice. ``?about=followed``:
    it has to do with the matter that this browser follows."""
    followed = _followed(request)
    form = ComplaintForm(request.POST or None, followed=followed, initial=_first(request, followed))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return to_matter(_received(form, photos_of(request)))
    status = 422 if request.method == "POST" else 200
    here = {"form": form, "followed": followed}
    return render(request, "complaints/complain.html", here, status=status)


def _followed(request: HttpRequest) -> Matter | None:
    """The matter that this browser follows, unless it is a complaint itself."""
    receipt = kept_receipt(request)
    matter = matter_followed(receipt) if receipt else None
    return None if matter is None or matter.procedure in sealed_procedures() else matter


def _first(request: HttpRequest, followed: Matter | None) -> dict[str, object]:
    about = request.GET.get("about") == "followed" and followed is not None
    return {
        "idempotency_key": secrets.token_urlsafe(24),
        "with_followed": about,
        "unit": followed.owner_unit.code if about and followed else "",
    }


def _received(form: ComplaintForm, photos: Sequence[Photo]) -> Receipt:
    """File it; what was received before is the same again."""
    told = form.cleaned_data
    try:
        return actions.complain(
            Actor.resident(), _new(form, told, photos), idempotency_key=told["idempotency_key"]
        )
    except IntegrityError:  # sent twice: the first one stands
        code = code_for(told["idempotency_key"])
        if not Receipt.objects.filter(code_hash=hashed(code)).exists():
            raise
        return _the_same(receipt_of(code), told["words"])


def _new(
    form: ComplaintForm, told: dict[str, Any], photos: Sequence[Photo]
) -> actions.NewComplaint:
    return actions.NewComplaint(
        words=told["words"],
        unit=told["unit_itself"],
        about=told["about"],
        number=told["number"],
        happened=told["happened"],
        place=told["place"],
        wish=told["wish"],
        answers=form.answers,
        contact={"name": told["name"], "phone": told["phone"]},
        photos=photos,
    )


def _the_same(receipt: Receipt, words: str) -> Receipt:
    if receipt.matter.narrative.words != words.strip():
        raise Refused(
            _("这份表已经提交过了。要投诉另一件事，请重新打开“投诉民警”。"),
            code="used_before", status=409,
        )  # fmt: skip
    return receipt


@public
@require_POST
@throttled("complaint-withdraw", tries=20, seconds=600)
@own_deed(PROCEDURE)
def withdraw(request: HttpRequest, receipt: Receipt) -> str:
    """Take one's complaint back."""
    actions.withdraw_complaint(Actor.resident(), receipt)
    return _("已经撤回。")


@public
@require_POST
@throttled("complaint-review", tries=20, seconds=600)
@own_deed(PROCEDURE)
def review(request: HttpRequest, receipt: Receipt) -> str:
    """Ask for a review."""
    actions.ask_review(Actor.resident(), receipt, request.POST.get("words", ""))
    return _("收到了，由另外的人重新看一遍。")


@public
@require_POST
@throttled("complaint-erase", tries=20, seconds=600)
@own_deed(PROCEDURE)
def erase(request: HttpRequest, receipt: Receipt) -> str:
    """Forget one's own words and contact."""
    actions.erase_words(Actor.resident(), receipt)
    return _("您留下的内容和联系方式已经清除。")


@let_see
def photos_of_a_complaint(request: HttpRequest, file: StoredFile) -> bool:
    """Whoever may know of the complaint; the complainant whose code this browser has shown."""
    complaints = Complaint.objects.filter(
        pk__in=Attachment.objects.filter(file=file).values("matter")
    )
    if isinstance(request.user, Account):
        return known_to(request.user).filter(pk__in=complaints.values("pk")).exists()
    receipt = kept_receipt(request)
    return receipt is not None and complaints.filter(pk=receipt.matter_id).exists()
