"""Sheets are read, commented and taken along; colleagues answer three questions."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.appraisal.events import (
    COLLEAGUE_ANSWERED,
    COMMENTED,
    SHEET_READ,
    SHEET_TAKEN,
)
from gongzhi.work.workforce.appraisal.models import Colleagues, Sheet
from gongzhi.work.workforce.appraisal.permissions import require_person, sees_sheet
from gongzhi.work.workforce.appraisal.selectors.colleagues import colleague_mark
from gongzhi.work.workforce.appraisal.states import RoundState

MOST_WORDS = 4000


@action
def read_sheet(by: Actor, sheet: Sheet) -> Sheet:
    """Somebody other than the officer reads it: the log has who did, and the officer can see."""
    account = require_person(by)
    if not sees_sheet(account, sheet):
        raise Refused(_("没有这张考评表。"), code="not_found", status=404)
    record(SHEET_READ, sheet, account=sheet.account_id)
    return sheet


@action
def take_sheet(by: Actor, sheet: Sheet) -> Sheet:
    """The officer takes a copy along."""
    _require_own(by, sheet)
    record(SHEET_TAKEN, sheet)
    return sheet


@action
def comment(by: Actor, sheet: Sheet, words: str) -> Sheet:
    """What the officer says to their own sheet, as long as nothing is decided."""
    held = _held(sheet)
    _require_own(by, held)
    if held.decided or held.round.state == RoundState.CLOSED:
        raise Refused(_("结论已经定了，可以申诉。"), code="decided", status=409)
    held.comment = words.strip()[:MOST_WORDS]
    held.save(update_fields=["comment"])
    record(COMMENTED, held)
    return held


@action
def answer_about_colleague(by: Actor, sheet: Sheet, answers: Mapping[str, bool]) -> None:
    """Add a colleague's answers to the sums. That they answered is kept as a keyed hash while the
    round lasts; which answers were theirs stands nowhere. Refuses other units' people, a second
    answer, and answers about oneself."""
    account = require_person(by)
    colleagues = Colleagues.objects.select_for_update().get(sheet=sheet)
    _require_colleague(account, sheet)
    mark = colleague_mark(account, sheet)
    if mark in colleagues.marks:
        raise Refused(_("您已经填过了，每人一次。"), code="answered", status=409)
    formula = sheet.round.item
    if formula is None or set(answers) != {one.code for one in formula.questions}:
        raise Refused(_("请每一问都选。"), code="answers", status=422)
    colleagues.sums = {
        code: [yes + bool(answers[code]), no + (not answers[code])]
        for code, (yes, no) in colleagues.sums.items()
    }
    colleagues.marks = sorted([*colleagues.marks, mark])
    colleagues.save(update_fields=["sums", "marks"])
    record(COLLEAGUE_ANSWERED, sheet.round)


def _require_colleague(account: Account, sheet: Sheet) -> None:
    if account.pk == sheet.account_id:
        raise Refused(_("互评填的是同事。"), code="own_sheet", status=403)
    if account.unit_id != sheet.unit_id:
        raise Refused(_("互评在同一单位里进行。"), code="other_unit", status=403)
    if sheet.round.state != RoundState.READING or sheet.round.read_until < now():
        raise Refused(_("互评的日子过了。"), code="too_late", status=409)


def _require_own(by: Actor, sheet: Sheet) -> Account:
    account = require_person(by)
    if account.pk != sheet.account_id:
        raise Refused(_("没有这张考评表。"), code="not_found", status=404)
    return account


def _held(sheet: Sheet) -> Sheet:
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("round")
    return rows.get(pk=sheet.pk)
