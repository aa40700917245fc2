"""Rules and removals in public; a text's author; and those who take texts out of view."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.throttle import throttled
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages.kept import own_deed
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.models import Comment, Proposal
from gongzhi.work.proposals.permissions import MODERATE
from gongzhi.work.proposals.selectors.moderation import (
    comment_by,
    flagged,
    public_log,
    removal_of,
    removals,
    rules,
    text_of,
    waiting_appeals,
)
from gongzhi.work.proposals.states import PROCEDURE

RESIDENT = Actor.resident()
SHOWN = 50


@public
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """The rules, and what was taken out of view by them: no words, no author."""
    return render(request, "proposals/rules.html", {"rules": rules(), "log": public_log()})


@public
@require_POST
@throttled("flag", tries=20, seconds=3600)
def flag(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Ask that a text be looked at."""
    text = text_of(kind, key)
    actions.flag_text(RESIDENT, text)
    messages.success(request, _("收到了，会有人来看。没有违反规则的会留着。"))
    return redirect("proposals:proposal", _of(text))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("own_comment", tries=30, seconds=600)
def own(request: HttpRequest) -> HttpResponse:
    """One's own comment by its code: whether it is shown; appeal, erase."""
    code = request.POST.get("code", "")
    if request.method != "POST" or not code.strip():
        return render(request, "proposals/own.html", {})
    try:
        found = comment_by(code)
    except Refused as refused:
        here = {"code": code, "wrong": refused}
        return render(request, "proposals/own.html", here, status=refused.status)
    return _own_deed(request, found, code)


def _own_deed(request: HttpRequest, found: Comment, code: str) -> HttpResponse:
    """What is done with it: ``deed`` is appeal or erase, or nothing to look."""
    deed, removal = request.POST.get("deed", ""), getattr(found, "removal", None)
    if deed == "erase":
        actions.erase_comment(RESIDENT, found)
        messages.success(request, _("清除了。"))
        return redirect("proposals:proposal", found.proposal_id)
    if deed == "appeal" and removal is not None:
        removal = actions.appeal(RESIDENT, removal, request.POST.get("words", ""))
    rule = catalogue().moderation.get(removal.rule) if removal else None
    here = {"code": code, "found": found, "removal": removal, "rule": rule}
    return render(request, "proposals/own.html", here)


@public
@require_POST
@throttled("appeal", tries=20, seconds=600)
@own_deed(PROCEDURE)
def appeal(request: HttpRequest, receipt: Receipt) -> str:
    """The author of a proposal that was removed asks for another look."""
    proposal = Proposal.objects.select_related("removal").get(pk=receipt.matter_id)
    removal = getattr(proposal, "removal", None)
    if removal is None:
        raise Refused(_("这条建议没有被撤下。"), code="not_removed", status=409)
    actions.appeal(RESIDENT, removal, request.POST.get("words", ""))
    return _("收到了，由另外的人再看一遍。")


@staff(MODERATE)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Appeals, texts that people asked to look at, and what was removed."""
    here = {
        "appeals": waiting_appeals(), "flagged": flagged(), "removals": removals()[:SHOWN],
        "rules": rules(), "me": account_of(request).pk,
    }  # fmt: skip
    return render(request, "proposals/moderation.html", here)


@staff(MODERATE)
@require_POST
def remove(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Take a text out of view by a rule, or leave it."""
    by, text = by_of(request), text_of(kind, key)
    if request.POST.get("deed") == "leave":
        actions.leave_text(by, text)
        messages.success(request, _("看过了，留着。"))
    else:
        note = request.POST.get("note", "")
        actions.remove_text(by, text, request.POST.get("rule", ""), note)
        messages.success(request, _("撤下了，作者凭码能看到是哪条规则，可以申诉一次。"))
    return redirect("proposals:moderation")


@staff(MODERATE)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Decide an appeal."""
    restored = request.POST.get("restored") == "yes"
    why = request.POST.get("why", "")
    actions.decide_appeal(by_of(request), removal_of(key), restored=restored, why=why)
    messages.success(request, _("决定写上去了，作者看得到理由。"))
    return redirect("proposals:moderation")


def _of(text: Comment | Proposal) -> int:
    proposal = text.proposal if isinstance(text, Comment) else text
    return int(proposal.pk)
