"""The inspectorate writes down commendations and decisions, each with its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.appraisal.events import CONDUCT_NOTED, CONDUCT_STRUCK
from gongzhi.work.workforce.appraisal.models import ConductNote
from gongzhi.work.workforce.appraisal.permissions import NOTE, require_person
from gongzhi.work.workforce.appraisal.states import Sort


@dataclass(frozen=True)
class NewNote:
    """What is to be written down."""

    account: Account
    sort: str
    on: date
    number: str
    words: str


@action
def note_conduct(by: Actor, new: NewNote) -> ConductNote:
    """Refuses a note about oneself, one without the decision's number, and one of a day to come."""
    account = require_person(by, NOTE)
    if new.account.pk == account.pk:
        raise Refused(_("自己的由别人登记。"), code="own_note", status=403)
    if new.sort not in Sort.values:
        raise _wrong("sort", _("请选是表彰还是处理决定。"))
    if not new.number.strip():
        raise _wrong("number", _("请写文号：没有文号的不算。"))
    if not new.words.strip():
        raise _wrong("words", _("请写是什么事，本人会看到。"))
    if new.on > timezone.localdate(now()):
        raise _wrong("on", _("这一天还没有到。"))
    made = ConductNote.objects.create(
        account=new.account, sort=new.sort, on=new.on, number=new.number.strip()[:60],
        words=new.words.strip()[:2000], by=account, at=now(),
    )  # fmt: skip
    record(CONDUCT_NOTED, made, account=new.account.pk, sort=new.sort)
    return made


@action
def strike_conduct(by: Actor, note: ConductNote, *, why: str) -> ConductNote:
    """It no longer counts: the decision was lifted, or it was written down wrongly."""
    require_person(by, NOTE)
    held = ConductNote.objects.select_for_update().get(pk=note.pk)
    if held.struck_at is not None:
        raise Refused(_("已经撤销过了。"), code="struck", status=409)
    if not why.strip():
        raise _wrong("why", _("请写为什么撤销。"))
    held.struck_at, held.struck_why = now(), why.strip()[:2000]
    held.save(update_fields=["struck_at", "struck_why"])
    record(CONDUCT_STRUCK, held, account=held.account_id)
    return held


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
