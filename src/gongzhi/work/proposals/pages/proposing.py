"""Proposals in public: all of them, one, a new one; supporting it and having a say."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import address_of, throttled
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import let_see
from gongzhi.base.files.sent import photos_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import Attachment
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.matters.way import told_at_steps
from gongzhi.base.matters.working import chosen
from gongzhi.base.places.maps import map_of
from gongzhi.base.reach.actions import ask_code
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.participation.codes import code_for, shown
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages.kept import own_deed, to_matter
from gongzhi.work.participation.selectors import receipt_of
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.actions.proposing import SUPPORT, NewProposal
from gongzhi.work.proposals.forms import CommentForm, PhoneForm, ProposalForm
from gongzhi.work.proposals.models import Proposal
from gongzhi.work.proposals.selectors.proposals import (
    comments_on,
    counts,
    hidden_by,
    line_of,
    listed,
    promises_of,
    proposal_of,
    shown_title,
    support_left,
)
from gongzhi.work.proposals.states import FILTERS, NEEDED, PROCEDURE, SPOKEN, SUPPORTED

SHOWN = 100
RESIDENT = Actor.resident()


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All proposals, under filters. As many queries for a hundred as for one."""
    show = chosen(request, FILTERS)
    rows = [(one, shown_title(one), line_of(one)) for one in listed(show)[:SHOWN]]
    here = {"rows": rows, "show": show, "filters": FILTERS.items(), "counts": counts(),
            "needed": NEEDED}  # fmt: skip
    return render(request, "proposals/proposals.html", here)


@public
@never_cache
@require_safe
def page(request: HttpRequest, key: int) -> HttpResponse:
    """One proposal: its phase, its words, what it costs, what was decided and promised."""
    return _page(request, proposal_of(key), CommentForm(initial=_fresh_key()))


def _page(
    request: HttpRequest, one: Proposal, form: CommentForm, *, status: int = 200, code: str = ""
) -> HttpResponse:
    matter = one.matter
    here = {
        "one": one, "matter": matter, "title": shown_title(one), "hidden": hidden_by(one),
        "stops": line_of(one), "needed": NEEDED, "left": support_left(one),
        "may_support": matter.step in SUPPORTED and not hidden_by(one),
        "may_say": matter.step in SPOKEN and not hidden_by(one),
        "told": told_at_steps(matter), "promises": promises_of(one), "said": comments_on(one),
        "clocks": [due for due in clocks_of(matter) if due.stopped_at is None],
        "happenings": timeline(matter, public=True), "photos": _photos(one), "form": form,
        "code": code, "map": map_of() if matter.point else None, "point": _point(one),
    }  # fmt: skip
    return render(request, "proposals/proposal.html", here, status=status)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("propose", tries=10, seconds=3600)
def new(request: HttpRequest) -> HttpResponse:
    """The form; a good one leads to its receipt, also when it is sent twice."""
    form = ProposalForm(request.POST or None, initial=_fresh_key())
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return to_matter(_proposed(request, form.cleaned_data))
    status = 422 if request.method == "POST" else 200
    here = {"form": form, "map": map_of(), "needed": NEEDED}
    return render(request, "proposals/propose.html", here, status=status)


def _proposed(request: HttpRequest, told: dict[str, Any]) -> Receipt:
    wanted = NewProposal(
        title=told["title"], words=told["words"], place=told["place"], point=told["point"],
        accuracy=told["accuracy"], photos=photos_of(request),
    )  # fmt: skip
    try:
        return actions.propose(RESIDENT, wanted, idempotency_key=told["idempotency_key"])
    except IntegrityError:  # sent twice: the first one stands
        return receipt_of(code_for(told["idempotency_key"]))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("support", tries=40, seconds=3600)
def support(request: HttpRequest, key: int) -> HttpResponse:
    """Support it: first the phone, then the code that came there."""
    one = proposal_of(key)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return _supported(request, one, form)
    status = 422 if form.errors else 200
    here = {"one": one, "title": shown_title(one), "form": form}
    return render(request, "proposals/support.html", here, status=status)


def _supported(request: HttpRequest, one: Proposal, form: PhoneForm) -> HttpResponse:
    told = form.cleaned_data
    if not told["proof"]:
        proof = ask_code(
            RESIDENT, "sms", told["address"], purpose=SUPPORT, asker=address_of(request)
        )
        second = PhoneForm(initial={"proof": proof.key, "address": told["address"]})
        here = {"one": one, "title": shown_title(one), "form": second, "sent": True}
        return render(request, "proposals/support.html", here)
    actions.support_by_phone(RESIDENT, one, proof=told["proof"], code=told["code"])
    messages.success(request, _("附议了，谢谢您。号码一小时内清除。"))
    return redirect("proposals:proposal", one.pk)


@public
@require_POST
@throttled("comment", tries=20, seconds=3600)
def say(request: HttpRequest, key: int) -> HttpResponse:
    """Have a say. The page then shows the code by which its author finds it again."""
    one, form = proposal_of(key), CommentForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            told = form.cleaned_data
            try:
                actions.comment(
                    RESIDENT, one, told["words"], idempotency_key=told["idempotency_key"]
                )
            except IntegrityError:  # sent twice: the first one stands
                pass
            code = shown(code_for(told["idempotency_key"]))
            return _page(request, one, CommentForm(initial=_fresh_key()), code=code)
    return _page(request, one, form, status=422)


@public
@require_POST
@throttled("proposal_withdraw", tries=20, seconds=600)
@own_deed(PROCEDURE)
def withdraw(request: HttpRequest, receipt: Receipt) -> str:
    """Take one's own proposal back."""
    actions.withdraw_proposal(RESIDENT, receipt)
    return _("已经撤回。")


@public
@require_POST
@throttled("proposal_erase", tries=20, seconds=600)
@own_deed(PROCEDURE)
def erase(request: HttpRequest, receipt: Receipt) -> str:
    """Forget one's own words and photos."""
    actions.erase_proposal(RESIDENT, receipt)
    return _("您留下的内容已经清除。")


@let_see
def photos_of_a_proposal(request: HttpRequest, file: StoredFile) -> bool:
    """Everybody sees what is public of a proposal that is in view."""
    one = Attachment.objects.filter(file=file, public=True).select_related("matter").first()
    if one is None or one.matter.procedure != PROCEDURE:
        return False
    return not hidden_by(proposal_of(one.matter_id))


def _photos(one: Proposal) -> list[Attachment]:
    return [] if hidden_by(one) else list(one.matter.attachments.filter(message=None))


def _point(one: Proposal) -> str:
    point = one.matter.point
    return f"{point.lat:.5f},{point.lon:.5f}" if point else ""


def _fresh_key() -> dict[str, object]:
    return {"idempotency_key": secrets.token_urlsafe(24)}
