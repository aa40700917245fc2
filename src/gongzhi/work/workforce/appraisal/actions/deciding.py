"""The unit's head proposes a word, the leadership decides; both say why."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.appraisal.events import DECIDED, PROPOSED, ROUND_CLOSED
from gongzhi.work.workforce.appraisal.models import Colleagues, Objection, Round, Sheet
from gongzhi.work.workforce.appraisal.permissions import (
    DECIDE,
    PROPOSE,
    RUN,
    require_other,
    require_person,
)
from gongzhi.work.workforce.appraisal.spans import after_workdays
from gongzhi.work.workforce.appraisal.states import RoundState

MOST_WORDS = 4000


@action
def propose_grade(by: Actor, sheet: Sheet, grade: str, why: str) -> Sheet:
    """The head of the officer's unit proposes. Refuses before everybody could object, and while an
    objection of this officer has no answer."""
    account = require_person(by, PROPOSE)
    held = _held(sheet)
    require_other(account, held)
    if account.unit_id != held.unit_id:
        raise Refused(_("考评结论由本单位负责人提出。"), code="other_unit", status=403)
    _require_time(held)
    _require_word(held.round.item, grade, why)
    held.proposed, held.proposed_why, held.proposed_by = grade, why.strip()[:MOST_WORDS], account
    held.posted_until = _posted_until(held.round.item, grade)
    held.save(update_fields=["proposed", "proposed_why", "proposed_by", "posted_until"])
    record(PROPOSED, held)
    return held


@action
def decide_grade(by: Actor, sheet: Sheet, grade: str, why: str) -> Sheet:
    """The leadership decides, as proposed or otherwise. Whoever proposed doesn't decide."""
    account = require_person(by, DECIDE)
    held = _held(sheet)
    require_other(account, held)
    if not held.proposed:
        raise Refused(_("本单位还没有提出结论。"), code="not_proposed", status=409)
    if held.proposed_by_id == account.pk:
        raise Refused(_("提出结论的人不审定。"), code="same_person", status=403)
    _require_time(held)
    _require_word(held.round.item, grade, why)
    _require_posted(held, grade)
    _require_room(held, grade)
    held.decided, held.decided_why = grade, why.strip()[:MOST_WORDS]
    held.decided_by, held.decided_at = account, now()
    held.save(update_fields=["decided", "decided_why", "decided_by", "decided_at"])
    record(DECIDED, held)
    return held


@action
def close_round(by: Actor, one: Round) -> Round:
    """Everybody has an outcome; who answered about whom is let go."""
    require_person(by, RUN)
    held = Round.objects.select_for_update().get(pk=one.pk)
    if held.state == RoundState.CLOSED:
        raise Refused(_("这一轮已经结束了。"), code="closed", status=409)
    if left := held.sheets.filter(decided="").count():
        words = _("还有 %(n)s 人没有结论。") % {"n": left}
        raise Refused(words, code="undecided", status=409)
    held.state, held.closed_at = RoundState.CLOSED, now()
    held.save(update_fields=["state", "closed_at"])
    Colleagues.objects.filter(sheet__round=held).update(marks=[])
    record(ROUND_CLOSED, held, people=held.sheets.count())
    return held


def _held(sheet: Sheet) -> Sheet:
    rows = Sheet.objects.select_for_update(of=("self",))
    held = rows.select_related("round").get(pk=sheet.pk)
    if held.round.state == RoundState.CLOSED:
        raise Refused(_("这一轮已经结束了。"), code="closed", status=409)
    return held


def _require_time(sheet: Sheet) -> None:
    if sheet.round.read_until >= now():
        words = _("本人还可以提异议，%(day)s 以后再定。")
        raise Refused(words % {"day": sheet.round.read_until.date()}, code="too_early", status=409)
    if Objection.objects.filter(sheet=sheet, answered_at=None).exists():
        raise Refused(_("还有异议没有答复，先答复再定。"), code="objection_open", status=409)


def _require_word(formula: Appraisal | None, grade: str, why: str) -> None:
    if formula is None or formula.grade(grade) is None:
        words = _("请选一个结论。")
        raise Refused(words, code="grade", status=422, fields={"grade": words})
    if not why.strip():
        words = _("请写理由，本人会看到。")
        raise Refused(words, code="why", status=422, fields={"why": words})


def _posted_until(formula: Appraisal | None, grade: str) -> datetime | None:
    word = formula.grade(grade) if formula else None
    if formula is None or word is None or not word.published:
        return None
    return after_workdays(now(), formula.posted_days)


def _require_posted(sheet: Sheet, grade: str) -> None:
    """Refuse a word that is published until the unit could read for some days that it is
    proposed."""
    word = sheet.round.item.grade(grade) if sheet.round.item else None
    if word is None or not word.published:
        return
    if sheet.proposed != grade or sheet.posted_until is None:
        told = _("“%(grade)s”要先由本单位提出、公示。") % {"grade": word.name}
        raise Refused(told, code="not_posted", status=409)
    if now() <= sheet.posted_until:
        raise Refused(_("还在本单位公示，公示完再定。"), code="posted", status=409)


def _require_room(sheet: Sheet, grade: str) -> None:
    """Refuse one more of a word that only a part of all may have."""
    word = sheet.round.item.grade(grade) if sheet.round.item else None
    if word is None or word.at_most is None:
        return
    Round.objects.select_for_update().get(pk=sheet.round_id)
    others = sheet.round.sheets.exclude(pk=sheet.pk).filter(decided=grade).count()
    most = int(sheet.round.sheets.count() * word.at_most)
    if others + 1 > most:
        words = _("“%(grade)s”最多 %(n)s 人，已经定满。") % {"grade": word.name, "n": most}
        raise Refused(words, code="no_room", status=409)
