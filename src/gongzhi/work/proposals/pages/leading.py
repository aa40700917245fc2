"""The staff's pages of proposals: the list, and one with its steps and promises."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.files.sent import photos_of
from gongzhi.base.log.actions import now
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.course import LONGEST_ELEMENT
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.forms import PromiseForm, VoteTimesForm
from gongzhi.work.proposals.models import Proposal
from gongzhi.work.proposals.permissions import RUN, WORK
from gongzhi.work.proposals.selectors.proposals import (
    line_of,
    own_first,
    promises_of,
    proposal_of,
    shown_title,
)

OWN_FORMS = ("costing", "voting")
"""Steps that have a form of their own."""


@staff(WORK)
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Whoever leads sees all that is open; others what their unit works on."""
    account = account_of(request)
    found = own_first(account, leads=may(account, RUN))
    rows = [(one, shown_title(one)) for one in found]
    return render(request, "proposals/desk.html", {"rows": rows, "leads": may(account, RUN)})


@staff(WORK)
@never_cache
@require_safe
def proposal(request: HttpRequest, key: int) -> HttpResponse:
    """One proposal, with what may be done now."""
    one, account = proposal_of(key), account_of(request)
    matter = one.matter
    owns = matter.owner_unit_id == account.unit_id
    here = {
        "one": one, "matter": matter, "title": shown_title(one), "stops": line_of(one),
        "nexts": _nexts(one, account), "promises": promises_of(one), "owns": owns,
        "delivers": owns and matter.step in ("adopted", "delivering"),
        "promise_form": PromiseForm(), "clocks": clocks_of(matter),
        "asks_cost": may(account, RUN) and matter.step == "discussing",
        "votes": may(account, RUN) and matter.step == "costed",
        "times": VoteTimesForm(initial=_first_times()), "units": _departments(),
        "happenings": timeline(matter), "moderates": may(account, "proposals.moderate_text"),
    }  # fmt: skip
    return render(request, "proposals/lead.html", here)


@staff(WORK)
@require_POST
def step(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """Take a step, with its elements as the form has them."""
    one = proposal_of(key)
    found = one.matter.version_item.step(code)
    codes = [element.code for element in found.elements] if found else []
    given = {name: request.POST[name][:LONGEST_ELEMENT] for name in codes if name in request.POST}
    matter = actions.lead_proposal(by_of(request), one, code, elements=given)
    return _done(request, one, _("已进入“%(step)s”。") % {"step": matter.step_item.name})


@staff(RUN)
@require_POST
def costing(request: HttpRequest, key: int) -> HttpResponse:
    """Give it to a department to cost."""
    units = {unit.code: unit for unit in _departments()}
    unit = units.get(request.POST.get("unit", ""))
    if unit is None:
        wrong = _("请选一个单位。")
        raise Refused(wrong, code="unknown_unit", status=422, fields={"unit": wrong})
    actions.ask_costing(by_of(request), proposal_of(key), unit)
    return _done(request, proposal_of(key), _("已经请%(unit)s测算。") % {"unit": unit})


@staff(RUN)
@require_POST
def vote(request: HttpRequest, key: int) -> HttpResponse:
    """Put it to a vote."""
    one, form = proposal_of(key), VoteTimesForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请填开始和结束的时间。"), code="times", status=422)
    told = form.cleaned_data
    actions.put_to_vote(by_of(request), one, told["opens_at"], told["closes_at"])
    return _done(request, one, _("定好了，到时间自己开始，结束后自动计票。"))


@staff(WORK)
@require_POST
def promise(request: HttpRequest, key: int) -> HttpResponse:
    """Promise something until a day."""
    one, form = proposal_of(key), PromiseForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请写清答应什么、哪天以前。"), code="promise", status=422)
    actions.promise(by_of(request), one, form.cleaned_data["words"], form.cleaned_data["due_on"])
    return _done(request, one, _("写上去了，大家都看得到。"))


@staff(WORK)
@require_POST
def ended(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """Say whether a promise was kept."""
    one = proposal_of(key)
    given = one.promises.filter(pk=number).first()
    if given is None:
        raise Refused(_("没有答应过这件事。"), code="no_such_promise", status=404)
    kept = request.POST.get("kept") == "yes"
    actions.end_promise(by_of(request), given, kept=kept, told=request.POST.get("told", ""))
    return _done(request, one, _("写上去了，大家都看得到。"))


@staff(WORK)
@require_POST
def progress(request: HttpRequest, key: int) -> HttpResponse:
    """Tell how far it is, with photos."""
    one = proposal_of(key)
    words, photos = request.POST.get("words", ""), photos_of(request)
    actions.tell_progress(by_of(request), one, words, photos)
    return _done(request, one, _("写上去了，大家都看得到。"))


@staff(WORK)
@require_POST
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Answer in the discussion, in the name of one's unit."""
    one = proposal_of(key)
    words = request.POST.get("words", "")
    actions.answer_officially(by_of(request), one, words, key=secrets.token_urlsafe(24))
    return _done(request, one, _("答复写上去了，标明是单位答复。"))


def _nexts(one: Proposal, account: Account) -> list[Step]:
    """The steps that this account may take now by a plain form."""
    matter = one.matter
    return [
        step for step in matter.version_item.steps
        if matter.step in step.may_follow and set(step.roles) & set(account.roles)
        and step.code not in OWN_FORMS
        and (not step.by_owner or matter.owner_unit_id == account.unit_id)
    ]  # fmt: skip


def _departments() -> list[Unit]:
    """Units that can work out what something costs."""
    found = Unit.objects.filter(kind__in=("department", "station", "bureau"))
    return list(found.order_by("pk"))


def _first_times() -> dict[str, object]:
    day = timezone.localtime(now()).replace(hour=9, minute=0) + timedelta(days=1)
    return {"opens_at": day, "closes_at": day.replace(hour=20) + timedelta(days=14)}


def _done(request: HttpRequest, one: Proposal, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("proposals:lead", one.pk)
