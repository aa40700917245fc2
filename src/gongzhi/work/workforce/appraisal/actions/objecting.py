"""An officer objects to a number or to a matter behind it, and gets an answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.appraisal.counting.sheets import count_again
from gongzhi.work.workforce.appraisal.events import ANSWERED, OBJECTED
from gongzhi.work.workforce.appraisal.models import Counted, Objection, Round, Sheet
from gongzhi.work.workforce.appraisal.permissions import RUN, require_other, require_person
from gongzhi.work.workforce.appraisal.spans import after_workdays
from gongzhi.work.workforce.appraisal.states import RoundState

MOST_WORDS = 4000


@action
def object_to(
    by: Actor, sheet: Sheet, item: str, words: str, counted: Counted | None = None
) -> Objection:
    """Say that a number is wrong, or a matter behind it. Refuses others' sheets, after the last
    day, and a second objection while the first has no answer."""
    account = require_person(by)
    if account.pk != sheet.account_id:
        raise Refused(_("没有这张考评表。"), code="not_found", status=404)
    formula, at = sheet.round.item, now()
    if sheet.round.state != RoundState.READING or sheet.round.read_until < at:
        raise Refused(_("提异议的日子过了；结论定了以后还可以申诉。"), code="too_late", status=409)
    if formula is None or formula.item(item) is None:
        raise Refused(_("考评表上没有这一项。"), code="no_item", status=404)
    if counted is not None and (counted.sheet_id != sheet.pk or counted.item != item):
        raise Refused(_("这一件不在这一项里。"), code="no_matter", status=404)
    if not words.strip():
        told = _("请写哪里不对。")
        raise Refused(told, code="words", status=422, fields={"words": told})
    if sheet.objections.filter(item=item, counted=counted, answered_at=None).exists():
        raise Refused(_("这里已经有一个异议在等答复。"), code="waiting", status=409)
    made = Objection.objects.create(
        sheet=sheet, item=item, counted=counted, words=words.strip()[:MOST_WORDS], at=at,
        due_at=after_workdays(at, formula.answer_days),
    )  # fmt: skip
    record(OBJECTED, made, item=item)
    return made


@action
def answer_objection(by: Actor, objection: Objection, *, upheld: bool, answer: str) -> Objection:
    """Answer in words; upheld, the matter is left out and the item is counted anew on all sheets.
    An objection to a number as a whole that is upheld says in words what is done about it."""
    account = require_person(by, RUN)
    rows = Objection.objects.select_for_update(of=("self",))
    held = rows.select_related("sheet__round", "counted").get(pk=objection.pk)
    require_other(account, held.sheet)
    if held.answered_at is not None:
        raise Refused(_("已经答复过了。"), code="answered", status=409)
    if not answer.strip():
        told = _("请写答复，本人会看到。")
        raise Refused(told, code="answer", status=422, fields={"answer": told})
    held.answered_by, held.answered_at = account, now()
    held.upheld, held.answer = upheld, answer.strip()[:MOST_WORDS]
    held.save(update_fields=["answered_by", "answered_at", "upheld", "answer"])
    if upheld and held.counted is not None:
        _leave_out(held.sheet.round, held.counted)
    record(ANSWERED, held, item=held.item, upheld=upheld)
    return held


def _leave_out(held: Round, counted: Counted) -> None:
    Round.objects.select_for_update().get(pk=held.pk)
    counted.left_out = True
    counted.save(update_fields=["left_out"])
    item = held.item.item(counted.item) if held.item else None
    if item is not None:
        count_again(held, item)
