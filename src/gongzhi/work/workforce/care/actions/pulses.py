"""A survey is opened, answered without a name, and closed: then its key goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.care.events import KEPT, PULSE_CLOSED, PULSE_OPENED
from gongzhi.work.workforce.care.models import Pulse, PulseBox
from gongzhi.work.workforce.care.opening import lock_of
from gongzhi.work.workforce.care.permissions import RUN, require_unnamed
from gongzhi.work.workforce.care.sealing import mark_of, new_lock, seal, unseal
from gongzhi.work.workforce.care.selectors.telling import tell

LONGEST = timedelta(days=31)


@action
def open_pulse(by: Actor, form: str, *, closes_on: date) -> Pulse:
    """Ask everybody. Refuses (409) while another one runs, (422) an end in the past."""
    require(by, RUN)
    today = timezone.localdate(now())
    if form not in catalogue().pulses:
        raise _wrong("form", _("没有这种问卷。"))
    if not today <= closes_on <= today + LONGEST:
        raise _wrong("closes_on", _("请选今天起 31 天以内的一天。"))
    if Pulse.objects.exclude(lock=b"").exists():
        raise Refused(_("有一份问卷正在进行。"), code="running", status=409)
    made = Pulse.objects.create(
        form=form, opened_on=today, closes_on=closes_on, lock=seal({"key": new_lock().hex()})
    )
    record(PULSE_OPENED, made, form=form, until=str(closes_on))
    return made


@action
def answer_pulse(by: Actor, pulse: Pulse, account: Account, answers: Sequence[int]) -> int:
    """Add one's answers to the sums of one's unit; one's own result, told once and kept nowhere.
    Refuses (409) a second time and a survey that is closed, (422) what is no answer."""
    require_unnamed(by)
    held = Pulse.objects.select_for_update().get(pk=pulse.pk)
    item = held.item
    if item is None or not held.is_open or held.closes_on < timezone.localdate(now()):
        raise Refused(_("这份问卷已经结束。"), code="closed", status=409)
    worth = range(len(item.answers))
    if len(answers) != len(item.items) or not all(one in worth for one in answers):
        raise Refused(_("每一项都请选一个。"), code="answers", status=422)
    lock, unit = lock_of(held), account.unit.code
    mark = mark_of(lock, account.pk)
    box = PulseBox.objects.filter(pulse=held, unit=unit).first()
    inside = unseal(bytes(box.content), lock) if box else {"sums": {}, "marks": []}
    if _answered(held, mark, lock):
        raise Refused(_("您已经答过了。"), code="answered", status=409)
    result = sum(answers) * item.factor
    inside["sums"][str(result)] = inside["sums"].get(str(result), 0) + 1
    inside["marks"] = sorted([*inside["marks"], mark])
    box = box or PulseBox(pulse=held, unit=unit)
    box.content = seal(inside, lock)
    box.save()
    record(KEPT, "care")
    return result


@action
def close_pulse(by: Actor, pulse: Pulse) -> Pulse:
    """Tell what may be told, and destroy the rest: boxes, marks and the key."""
    require(by, RUN)
    held = Pulse.objects.select_for_update().get(pk=pulse.pk)
    if not held.is_open:
        raise Refused(_("这份问卷已经结束。"), code="closed", status=409)
    lock = lock_of(held)
    sums = {
        one.unit: {int(k): n for k, n in unseal(bytes(one.content), lock)["sums"].items()}
        for one in held.boxes.all()
    }
    held.told = tell(sums, talk_at=held.item.talk_at if held.item else 0)
    held.lock = b""
    held.save(update_fields=["told", "lock"])
    held.boxes.all().delete()
    record(PULSE_CLOSED, held)
    return held


def _answered(pulse: Pulse, mark: str, lock: bytes) -> bool:
    """In any unit's box: who moved meanwhile doesn't answer twice."""
    return any(mark in unseal(bytes(one.content), lock)["marks"] for one in pulse.boxes.all())


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
