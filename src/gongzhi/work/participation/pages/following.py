"""The resident's pages after the report: receipt, progress, reply, judgement, rating."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.marks import public
from gongzhi.base.access.throttle import throttled
from gongzhi.base.files.sent import photos_of
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import Attachment, Matter, Message
from gongzhi.base.matters.parts import parts_of
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.selectors import Read, reads_of
from gongzhi.base.ui.parts import Step
from gongzhi.work.participation.actions import (
    erase_own,
    judge_outcome,
    rate_handling,
    reply_to_question,
    thank_helpers,
    withdraw_request,
)
from gongzhi.work.participation.actions.following import RATED
from gongzhi.work.participation.actions.reviewing import OBJECTIONS
from gongzhi.work.participation.codes import code_for, shown
from gongzhi.work.participation.forms import FollowForm
from gongzhi.work.participation.models import Rating, Receipt, Thanks
from gongzhi.work.participation.pages.kept import kept_receipt, own_deed, to_matter
from gongzhi.work.participation.selectors import followers_of, matter_followed, receipt_of
from gongzhi.work.participation.selectors.closed import ending_of, objections_to
from gongzhi.work.participation.selectors.more import parts_for
from gongzhi.work.participation.selectors.reminding import may_be_reminded, was_reminded
from gongzhi.work.participation.selectors.silence import lapses_on

REQUEST = "resident_request"
WAY = ("received", "accepted", "in_progress", "answered", "closed")
"""The steps that the resident's bar shows; the others are told in words."""
CODE_SHOWN = timedelta(hours=1)
"""How long a neighbour's receipt shows its code when the matter was taken up before."""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("follow", tries=20, seconds=600)
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code; what it opens is kept in a cookie, so that no address carries it."""
    form = FollowForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "participation/follow.html", {"form": form}, status=status)
    return to_matter(receipt_of(form.cleaned_data["code"]))


@public
@never_cache
@require_safe
def matter(request: HttpRequest) -> HttpResponse:
    """Where the matter stands, in plain words, and what the resident may do now."""
    receipt = kept_receipt(request)
    if receipt is None:
        return redirect("participation:follow")
    followed = matter_followed(receipt)
    if followed.procedure != REQUEST:
        return _other(request, receipt)
    own = not receipt.joined and followed.pk == receipt.matter_id
    here = {
        "receipt": receipt,
        "matter": followed,
        "own": own,
        "code": _code(receipt, followed),
        "stops": _stops(followed),
        "followers": followers_of(followed),
        "question": _question(followed) if own else None,
        "ending": ending_of(followed) if followed.step != "reopened" else None,
        "may": _may(followed, own=own),
        "lapses_on": lapses_on(followed),
        "together": parts_of(followed),
        "may_remind": may_be_reminded(followed) and not was_reminded(followed),
        "followed_again": objections_to(followed) == OBJECTIONS - 1,
        "rating": Rating.objects.filter(receipt=receipt).first(),
        "thanks": _thanks(receipt, followed),
        "clocks": [one for one in clocks_of(followed) if one.stopped_at is None],
        "looks": _looks(receipt) if own else [],
        "happenings": timeline(followed, public=True, words=own),
        "photos": _photos(receipt),
        "answer_photos": _answer_photos(followed),
        "said": receipt.message.words if receipt.message else receipt.matter.narrative.words,
    }
    return render(request, "participation/matter.html", here)


def _other(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """An incident or a case: where it stands; of a case only what its app tells its parties."""
    matter = matter_followed(receipt)
    is_case = matter.procedure_item.kind == "case"
    parts = parts_for(matter, receipt)
    here = {
        "matter": matter,
        "title": next((one.title for one in parts if one.title), matter.title),
        "parts": parts,
        "happenings": [] if is_case else timeline(matter, public=True, words=False),
    }
    return render(request, "participation/other.html", here)


@public
@require_POST
@throttled("judge", tries=20, seconds=600)
@own_deed(REQUEST)
def judge(request: HttpRequest, receipt: Receipt) -> str:
    """Solved, or not."""
    solved = request.POST.get("solved") == "yes"
    judge_outcome(
        Actor.resident(),
        receipt,
        solved=solved,
        words=request.POST.get("words", ""),
        photos=photos_of(request),
    )
    return _("谢谢您告诉我们。") if solved else _("收到了，我们接着办。")


@public
@require_POST
@throttled("reply", tries=20, seconds=600)
@own_deed(REQUEST)
def reply(request: HttpRequest, receipt: Receipt) -> str:
    """The answer to the handler's question."""
    reply_to_question(
        Actor.resident(), receipt, request.POST.get("words", ""), photos=photos_of(request)
    )
    return _("您的补充已经转给承办单位。")


@public
@require_POST
@throttled("rate", tries=20, seconds=600)
@own_deed(REQUEST)
def rate(request: HttpRequest, receipt: Receipt) -> str:
    """One to five stars."""
    stars = request.POST.get("stars", "")
    number = int(stars) if stars in {"1", "2", "3", "4", "5"} else 0
    rate_handling(Actor.resident(), receipt, stars=number, words=request.POST.get("words", ""))
    return _("谢谢您的评价。")


@public
@require_POST
@throttled("thank", tries=20, seconds=600)
@own_deed(REQUEST)
def thank(request: HttpRequest, receipt: Receipt) -> str:
    """A word to those who helped."""
    thank_helpers(Actor.resident(), receipt, words=request.POST.get("words", ""))
    return _("您的话已经带给办这件事的人。")


@public
@require_POST
@throttled("withdraw", tries=20, seconds=600)
@own_deed(REQUEST)
def withdraw(request: HttpRequest, receipt: Receipt) -> str:
    """Take one's own request back."""
    withdraw_request(Actor.resident(), receipt)
    return _("已经撤回。")


@public
@require_POST
@throttled("erase", tries=20, seconds=600)
@own_deed(REQUEST)
def erase(request: HttpRequest, receipt: Receipt) -> str:
    """Forget one's own words and contact."""
    erase_own(Actor.resident(), receipt)
    return _("您留下的内容和联系方式已经清除。")


def _thanks(receipt: Receipt, followed: Matter) -> Thanks | None:
    """What was said already, where there is somebody to thank."""
    return Thanks.objects.filter(receipt=receipt).first() if followed.step in RATED else None


def _code(receipt: Receipt, followed: Matter) -> str:
    """The code, to copy down, until somebody has taken the matter up."""
    fresh = receipt.joined and now() - receipt.made_at < CODE_SHOWN
    if not receipt.idempotency_key or not (fresh or followed.step == "received"):
        return ""
    return shown(code_for(receipt.idempotency_key))


def _photos(receipt: Receipt) -> list[Attachment]:
    """What came along with the resident's own words."""
    return list(receipt.matter.attachments.filter(message=receipt.message_id))


def _looks(receipt: Receipt) -> list[Read]:
    """Who has looked at the contact details that the resident left."""
    party = receipt.matter.parties.select_related("person").first()
    return reads_of(party.person) if party else []


def _answer_photos(followed: Matter) -> list[Attachment]:
    """What the unit in charge put beside its last answer."""
    answers = followed.messages.filter(kind=Message.Kind.REPLY, author__isnull=False)
    last = answers.order_by("-pk").first()
    return list(last.attachments.filter(public=True)) if last else []


def _question(followed: Matter) -> Message | None:
    """The handler's question that waits for a reply."""
    if followed.step != "waiting_for_resident":
        return None
    return followed.messages.filter(kind=Message.Kind.QUESTION).order_by("-pk").first()


def _may(followed: Matter, *, own: bool) -> dict[str, bool]:
    """What the resident may do now."""
    can = {s.code for s in followed.version_item.steps if followed.step in s.may_follow}
    return {
        "close": own and "closed" in can,
        "reopen": "reopened" in can,
        "rate": followed.step in RATED,
        "erase": not own or followed.closed_at is not None,
        "withdraw": own and "withdrawn" in can,
    }


def _stops(followed: Matter) -> list[Step]:
    """The bar. A step beside the way (waiting, reopened) counts as being worked on."""
    if followed.step == "withdrawn":
        return []
    at = WAY.index(followed.step) if followed.step in WAY else WAY.index("in_progress")
    steps = {step.code: step for step in followed.version_item.steps}
    ended = followed.closed_at is not None
    return [
        Step(str(steps[code].name), "done" if n < at or ended else "now" if n == at else "next")
        for n, code in enumerate(WAY)
    ]
