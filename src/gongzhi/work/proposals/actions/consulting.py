"""Asking residents before something is decided, and publishing what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import events
from gongzhi.work.proposals.models import Answer, Consultation
from gongzhi.work.proposals.permissions import account_behind, require_runner
from gongzhi.work.proposals.texts import checked_line, checked_options, checked_text, for_everybody

LONGEST_ANSWER = 500


@dataclass(frozen=True)
class NewConsultation:
    """What is asked, who decides, and until when."""

    topic: str
    title: str
    options: Sequence[str]
    opens_at: datetime
    closes_at: datetime
    decides: str
    decide_by: date
    about: str = ""


@action
def open_consultation(by: Actor, new: NewConsultation) -> Consultation:
    """Ask. Refuses times that don't follow each other: open, closed, decided."""
    require_runner(by)
    account = account_behind(by)
    last = timezone.localdate(new.closes_at)
    if not new.opens_at < new.closes_at or new.closes_at <= now() or new.decide_by < last:
        wrong = _("请按先后填：开始、结束、决定的日期。")
        raise Refused(wrong, code="times", status=422, fields={"closes_at": wrong})
    made = Consultation.objects.create(
        topic=Consultation.Topic(new.topic), title=checked_line(new.title, "title"),
        about=checked_text(new.about, "about"), options=checked_options(new.options),
        opens_at=new.opens_at, closes_at=new.closes_at, unit=account.unit,
        decides=checked_line(new.decides, "decides"), decide_by=new.decide_by,
    )  # fmt: skip
    record(events.CONSULTATION_OPENED, made, options=len(made.options))
    return made


@action
def answer_consultation(by: Actor, asked: Consultation, choice: str, words: str = "") -> None:
    """One answer, without a name, a phone or a time."""
    if not asked.runs(now()):
        raise Refused(_("现在不收意见：还没开始，或者已经结束。"), code="over", status=409)
    if choice not in asked.names:
        wrong = _("请选一项。")
        raise Refused(wrong, code="choice", status=422, fields={"choice": wrong})
    said = for_everybody(checked_text(words, "words", LONGEST_ANSWER))
    Answer.objects.create(consultation=asked, choice=choice, words=said)
    record(events.CONSULTATION_ANSWERED, asked)


@action
def publish_decision(by: Actor, asked: Consultation, decision: str, why: str) -> Consultation:
    """Say what was decided, and why: what was taken up of the answers, and what wasn't. A person
    writes it; nothing is decided by counting. The answers' words are erased with it."""
    require_runner(by)
    held = Consultation.objects.select_for_update().get(pk=asked.pk)
    if held.decided_at is not None or now() < held.closes_at:
        raise Refused(_("还在收意见，或者已经公布过了。"), code="not_now", status=409)
    held.decision = checked_text(decision, "decision", needed=True)
    held.why = checked_text(why, "why", needed=True)
    held.decided_at = now()
    held.save(update_fields=["decision", "why", "decided_at"])
    held.answers.exclude(words="").update(words="")
    record(events.CONSULTATION_DECIDED, held)
    return held
