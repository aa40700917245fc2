"""What a crew's phone tells, sooner or later: each report counts once, at the time it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, now, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.phone_time import PhoneTime, set_right
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.crews.carrying import carry_out
from gongzhi.work.crews.events import RECEIPTS_DROPPED, REPORT_TAKEN
from gongzhi.work.crews.models import Receipt
from gongzhi.work.crews.permissions import duty_then
from gongzhi.work.crews.states import State, What
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.rows import held_unit


@dataclass(frozen=True)
class Report:
    """One report. ``key``: the phone's own name for it, the same however often it is sent."""

    key: str
    what: str
    unit: ResponseUnit
    time: PhoneTime
    assignment: Assignment | None = None
    words: str = ""
    code: str = ""
    """The disposition, the element that is filled in, or the finer status."""
    photo: Photo | None = None
    point: Point | None = None
    accuracy: float | None = None


@action
def take_report(by: Actor, report: Report) -> Receipt:
    """Take one report of a phone; what became of it, with the words for its sender.

    It is set to the time at which it happened, within what can be. Sent again it changes nothing:
    then, and when it can't be done, nothing but the receipt and the log tell of it.
    """
    account, told_at = _sender(by), now()
    _hold(report)
    known = Receipt.objects.filter(key=report.key).first()
    if known is not None:
        raise Refused(_("这一条早已收到。"), code="received_already", status=409)
    happened = set_right(report.time, told_at)
    duty = duty_then(account, report.unit, min(happened.at, told_at))
    when = happened.between(_earliest(report, duty.began_at), told_at)
    receipt = Receipt.objects.create(
        key=report.key, what=report.what, unit=report.unit, account=account,
        assignment=report.assignment, happened_at=when.at, told_at=told_at,
        uncertain=when.uncertain, state=State.APPLIED,
    )  # fmt: skip
    try:
        with recalling(by, when.at):
            receipt.state, receipt.words = carry_out(by, report, receipt)
    except Refused as refused:
        receipt.state, receipt.words = State.REFUSED, str(refused)[:300]
    receipt.save(update_fields=["state", "words"])
    _tell(receipt)
    return receipt


@action
def drop_receipts(by: Actor, before: datetime) -> int:
    """Let the receipts of reports go that came before this time; how many."""
    dropped, _each = Receipt.objects.filter(told_at__lt=before).delete()
    record(RECEIPTS_DROPPED, "crews.receipts", receipts=dropped)
    return dropped


def _hold(report: Report) -> None:
    """Lock the incident before its unit, as whoever sends units does, before anything is written
    that names them."""
    on = report.assignment or Assignment.objects.filter(ACTIVE, unit=report.unit).first()
    if on is not None:
        Matter.objects.select_for_update(of=("self",)).get(pk=on.matter_id)
    held_unit(report.unit)


def _sender(by: Actor) -> Account:
    if not isinstance(by.source, Account):
        raise Refused(_("只有出警人员的终端能报告。"), code="not_a_crew", status=403)
    return by.source


def _earliest(report: Report, began: datetime) -> datetime:
    """Before it was sent there, a unit can't have done anything about an incident; it arrives
    after it set off, and is done after it arrived."""
    on = report.assignment
    if on is None or report.what == What.EMERGENCY:
        return began
    left = on.en_route_at if report.what in (What.ARRIVE, What.CLEAR) else None
    there = on.on_scene_at if report.what == What.CLEAR else None
    return there or left or on.assigned_at


def _tell(receipt: Receipt) -> None:
    on = receipt.assignment
    about: Model = on.matter if on is not None else receipt.unit
    record(
        REPORT_TAKEN, about,
        unit=receipt.unit_id, assignment=receipt.assignment_id, what=receipt.what,
        state=receipt.state, happened_at=receipt.happened_at, told_at=receipt.told_at,
        uncertain=receipt.uncertain,
    )  # fmt: skip
