"""Somebody can't come: what is proposed, what is decided, and back when they can after all."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongzhi.analysis.roster import Absence, repair
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.rosters import events
from gongzhi.work.workforce.rosters.holding import held_roster, put, shift_of, touch
from gongzhi.work.workforce.rosters.models import Duty, Repair, Roster
from gongzhi.work.workforce.rosters.permissions import require_own, require_planner
from gongzhi.work.workforce.rosters.selectors.asked import asked_of
from gongzhi.work.workforce.rosters.states import ABSENT, RepairState

SECONDS = 2.0
"""For a repair: whoever waits for it has a phone in their hand."""
DAY = timedelta(days=1)


@action
def tell_absence(by: Actor, roster: Roster, account: Account, first: date, last: date) -> Repair:
    """Somebody can't come, and the fewest changes so that enough are there. Nothing changes before
    a person accepts it. Why isn't asked. Refuses (422) days that aren't ahead, (409) days that were
    told before."""
    held = held_roster(roster)
    require_own(by, account)
    asked = asked_of(held)
    if account.pk not in asked.people:
        raise Refused(_("这个人不在这张班表里。"), code="person", status=422)
    _require_days(held, account, first, last)
    days = Absence(account.pk, (first - held.month).days, (last - held.month).days)
    mended = repair(asked.problem, asked.lines(), [days], limit=SECONDS)
    made = Repair.objects.create(
        roster=held, account=account, first_day=first, last_day=last, told_at=now(),
        missing=mended.missing,
        changes=[
            [one.officer, one.day, asked.code(one.before), asked.code(one.after)]
            for one in mended.changes
        ],
    )  # fmt: skip
    record(events.ABSENCE_TOLD, made, unit=held.unit_id, changes=len(made.changes))
    return made


@action
def decide_repair(by: Actor, proposal: Repair, decision: str) -> Repair:
    """Take the proposal; let the place stay empty; or drop it, and the shifts stay whose they
    were. Refuses (409) a proposal for a roster that was changed where it wants to change it."""
    held = held_roster(proposal.roster)
    require_planner(by, held.unit)
    made = Repair.objects.select_for_update().get(pk=proposal.pk)
    if made.state != RepairState.PROPOSED:
        raise Refused(_("已经决定过了。"), code="not_now", status=409)
    if decision not in {RepairState.ACCEPTED, RepairState.UNFILLED, RepairState.DROPPED}:
        raise Refused(_("没有这个操作。"), code="decision", status=422)
    if decision == RepairState.ACCEPTED:
        _change(held, [(who, n, before, after) for who, n, before, after in made.changes])
    if decision in ABSENT:
        made.lost = _given_up(held, made)
        touch(held)
    made.state = decision
    made.save(update_fields=["state", "lost"])
    record(events.REPAIR_DECIDED, made, unit=held.unit_id, accepted=decision in ABSENT)
    return made


@action
def undo_repair(by: Actor, done: Repair) -> Repair:
    """They can come after all: from today on everybody has the shifts that they had. Refuses (409)
    where one of those days was changed since, or is over."""
    held = held_roster(done.roster)
    require_planner(by, held.unit)
    made = Repair.objects.select_for_update().get(pk=done.pk)
    if made.state not in {RepairState.ACCEPTED, RepairState.UNFILLED} or made.last_day < today():
        raise Refused(_("这一次已经换不回去了。"), code="not_now", status=409)
    since = (max(made.first_day, today()) - held.month).days
    if made.state == RepairState.ACCEPTED:
        _change(held, [
            (who, n, after, before) for who, n, before, after in made.changes if n >= since
        ])  # fmt: skip
    own = [(n, shift, pinned) for n, shift, pinned in made.lost if n >= since]
    for n, _shift, _pinned in own:
        _require_shift(held, made.account_id, held.month + n * DAY, "")
    for n, shift, pinned in own:
        put(held, made.account_id, held.month + n * DAY, shift, pinned=pinned)
    if made.first_day < today():
        made.last_day = today() - DAY  # those days they were away
    else:
        made.state = RepairState.DROPPED
    made.save(update_fields=["state", "last_day"])
    touch(held)
    record(events.REPAIR_UNDONE, made, unit=held.unit_id)
    return made


def _require_days(held: Roster, account: Account, first: date, last: date) -> None:
    if not max(held.month, today()) <= first <= last <= held.last_day:
        words = _("请写今天以后、这个月以内的日子。")
        raise Refused(words, code="days", status=422, fields={"first_day": words})
    told = held.repairs.filter(
        account=account, state__in=ABSENT, first_day__lte=last, last_day__gte=first
    )
    if told.exists():
        words = _("这几天已经报过了。")
        raise Refused(words, code="twice", status=409, fields={"first_day": words})


def _change(held: Roster, changes: list[tuple[int, int, str, str]]) -> None:
    """[account, day from 0, what is there now, what comes]."""
    for account, n, there, comes in changes:
        _require_shift(held, account, held.month + n * DAY, there)
        put(held, account, held.month + n * DAY, comes, pinned=bool(comes))


def _require_shift(held: Roster, account: int, day: date, shift: str) -> None:
    if shift_of(held, account, day) != shift:
        words = _("班表刚改过，这个方案对不上了：请看看表，再报一次。")
        raise Refused(words, code="moved_on", status=409)


def _given_up(held: Roster, made: Repair) -> list[tuple[int, str, bool]]:
    """What the absent one had, which is nobody's now."""
    gone = Duty.objects.filter(
        roster=held, account=made.account_id, day__range=(made.first_day, made.last_day)
    )
    lost = [((one.day - held.month).days, one.shift, one.pinned) for one in gone.order_by("day")]
    gone.delete()
    return lost
