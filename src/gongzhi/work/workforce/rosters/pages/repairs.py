"""Somebody called that they can't come: a proposal, a decision, and back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.selectors.units import account_for
from gongzhi.work.workforce.rosters import actions
from gongzhi.work.workforce.rosters.forms import AbsenceForm
from gongzhi.work.workforce.rosters.permissions import PLAN
from gongzhi.work.workforce.rosters.selectors import found
from gongzhi.work.workforce.rosters.states import RepairState


@staff(PLAN)
@require_POST
def absent(request: HttpRequest, key: int, whose: int) -> HttpResponse:
    """Propose what to change."""
    account = account_of(request)
    held = found.roster_for(account, key)
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        raise Refused(_("请写从哪天到哪天。"), code="days", status=422)
    told = form.cleaned_data
    actions.tell_absence(
        by_of(request), held, account_for(account, whose), told["first_day"], told["last_day"]
    )
    messages.success(request, _("补班方案在下面，您同意了才会改。"))
    return redirect("rosters:roster", key)


@staff(PLAN)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Take the proposal, leave the place empty, or drop it."""
    proposal = found.repair_of(key)
    said = {
        "accepted": _("按方案改好了。"), "unfilled": _("班去掉了，没有补人。"),
        "dropped": _("没有采用，班还是原来的。"),
    }  # fmt: skip
    decision = request.POST.get("decision", "")
    if decision not in said:
        raise Refused(_("没有这个操作。"), code="decision", status=422)
    actions.decide_repair(by_of(request), proposal, RepairState(decision))
    messages.success(request, said[decision])
    return redirect("rosters:roster", proposal.roster_id)


@staff(PLAN)
@require_POST
def undo(request: HttpRequest, key: int) -> HttpResponse:
    """They can come after all."""
    done = found.repair_of(key)
    actions.undo_repair(by_of(request), done)
    messages.success(request, _("换回去了：从今天起，各人上原来的班。"))
    return redirect("rosters:roster", done.roster_id)
