"""A rotation is reckoned; each move it proposes is decided by a person, with its reason."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext as _

from gongzhi.analysis.rotation import Rules, plan
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.movement.actions.vacancies import MOST_WORDS
from gongzhi.work.workforce.movement.events import MOVE_DECIDED, ROTATION_PLANNED
from gongzhi.work.workforce.movement.models import ProposedMove, Rotation
from gongzhi.work.workforce.movement.moving import move_all
from gongzhi.work.workforce.movement.permissions import DECIDE, RUN, person
from gongzhi.work.workforce.movement.selectors.chains import chain_of
from gongzhi.work.workforce.movement.selectors.seats import county
from gongzhi.work.workforce.movement.states import MoveState
from gongzhi.work.workforce.officers.days import today


@action
def plan_rotation(by: Actor, rules: Rules) -> Rotation:
    """Reckon who is due and where they could go. Nothing moves by it. Refuses years and a part
    that make no sense."""
    account = person(by, RUN)
    if not (0 < rules.sensitive_years <= 40 and 0 < rules.office_years <= 40):
        words = _("年数要在 0 到 40 之间。")
        raise Refused(words, code="years", status=422, fields={"sensitive_years": words})
    if not 0 < rules.most_of_unit <= 0.5:
        words = _("一次最多走一半。")
        raise Refused(words, code="most", status=422, fields={"most_of_unit": words})
    seats, places = county(today())
    found = plan(seats, places, rules)
    made = Rotation.objects.create(
        rules=asdict(rules), apart_before=found.apart_before, apart_after=found.apart_after,
        by=account, at=now(),
    )  # fmt: skip
    of_seat = {one.key: one.post for one in seats}
    ProposedMove.objects.bulk_create(
        ProposedMove(rotation=made, account_id=one.key, source_id=one.source,
                     target_id=one.target, why=one.why)
        for one in found.moves
    )  # fmt: skip
    ProposedMove.objects.bulk_create(
        ProposedMove(rotation=made, account_id=one.key, source_id=of_seat[one.key], why=one.why,
                     wait=one.wait)
        for one in found.left
    )  # fmt: skip
    record(ROTATION_PLANNED, made, moves=len(found.moves), left=len(found.left))
    return made


@action
def agree_move(by: Actor, one: ProposedMove, *, reason: str, on: date | None) -> list[ProposedMove]:
    """Agree to a move and to those that make room for it; all move on that day, each with the
    reason. Refuses one's own move, a day that has begun, and a place that doesn't come free."""
    account = person(by, DECIDE)
    held = _held(one)
    if on is None or on <= today():
        words = _("请写以后的一天：给本人和单位交接的时间。")
        raise Refused(words, code="on", status=422, fields={"on": words})
    chain = chain_of(held, on)
    if chain is None:
        raise Refused(_("那个位置到时候空不出来，请重新算一次。"), code="no_place", status=409)
    if account.pk in {move.account_id for move in chain}:
        raise Refused(_("自己的轮岗由别人来定。"), code="own_move", status=403)
    for move in chain:
        _decide(move, account, MoveState.AGREED, reason)
    move_all([(move.account, move.target) for move in chain if move.target], on)
    return chain


@action
def decline_move(by: Actor, one: ProposedMove, *, reason: str) -> ProposedMove:
    """It isn't done; the officer reads why."""
    account = person(by, DECIDE)
    held = _held(one)
    if held.account_id == account.pk:
        raise Refused(_("自己的轮岗由别人来定。"), code="own_move", status=403)
    _decide(held, account, MoveState.DECLINED, reason)
    return held


def _held(one: ProposedMove) -> ProposedMove:
    rows = ProposedMove.objects.select_for_update(of=("self",))
    held = rows.select_related("account", "source", "target__unit").get(pk=one.pk)
    if held.state != MoveState.PROPOSED or held.target is None:
        raise Refused(_("已经定过了，或者没有可去的位置。"), code="over", status=409)
    return held


def _decide(move: ProposedMove, account: Account, state: MoveState, reason: str) -> None:
    if not reason.strip():
        words = _("请写理由，本人会看到。")
        raise Refused(words, code="reason", status=422, fields={"reason": words})
    move.state, move.reason = state, reason.strip()[:MOST_WORDS]
    move.decided_by, move.decided_at = account, now()
    move.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record(MOVE_DECIDED, move, agreed=state == MoveState.AGREED)
