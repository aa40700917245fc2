"""Signing up, waiting for a place, giving it up."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.receiving import checked_contact, require_key
from gongzhi.work.volunteering import events
from gongzhi.work.volunteering.held import held_part, held_task, require_follows, require_open
from gongzhi.work.volunteering.models import SignUp, Task, Volunteer
from gongzhi.work.volunteering.states import COMING, TAKEN, Age, Part


@dataclass(frozen=True)
class NewVolunteer:
    """What somebody tells who comes for the first time."""

    name: str
    phone: str
    age: str
    guardian: str = ""
    guardian_phone: str = ""
    guardian_agrees: bool = False

    @property
    def minor(self) -> bool:
        """Whether a guardian has to agree."""
        return self.age != Age.ADULT


@action
def join(by: Actor, task: Task, new: NewVolunteer, *, agreed: bool, key: str) -> SignUp:
    """Become a volunteer by signing up for a first task."""
    require_key(key)
    if new.age not in Age.values:
        raise _wrong("age", _("请选多大年纪。"))
    _require_age(task, int(new.age))
    told = _checked(new.name, new.phone, "name", "phone")
    guardian = ("", "")
    if new.minor:
        guardian = _checked(new.guardian, new.guardian_phone, "guardian", "guardian_phone")
        _require_agreed(new.guardian_agrees)
    made = Volunteer.objects.create(
        name=told[0], phone=told[1], minor=new.minor, guardian=guardian[0],
        guardian_phone=guardian[1], guardian_agreed_at=now() if new.minor else None, key=key,
        language=get_language() or "zh-hans", code_hash=hashed(code_for(key)), made_at=now(),
    )  # fmt: skip
    record(events.JOINED, made, minor=new.minor)
    return sign_up(by, task, made, agreed=agreed, age=new.age, guardian_agrees=new.guardian_agrees)


@action
def sign_up(
    by: Actor, task: Task, volunteer: Volunteer, *, agreed: bool, age: str = "",
    guardian_agrees: bool = False,
) -> SignUp:  # fmt: skip
    """Take a place, or wait for one where all are taken. Refuses who hasn't read what one never
    does, can't have been shown how, or is elsewhere at that time. A minor says each time how old
    they are, as that isn't kept, and whether their guardian agrees to this task."""
    held = held_task(task)
    require_open(held)
    if not agreed:
        raise _wrong("agreed", _("请先读完要做什么、不做什么，再勾上。"))
    if volunteer.erased_at is not None:
        raise Refused(_("您的称呼和电话已经清除，请重新报名。"), code="erased", status=409)
    if volunteer.minor:
        _require_age(held, int(age) if age in Age.values else 0)
        _require_agreed(guardian_agrees)
    _require_training_possible(held, volunteer)
    _require_free_then(held, volunteer)
    waits = held.sign_ups.filter(state__in=TAKEN).count() >= held.places
    state = Part.WAITING if waits else Part.SIGNED
    part, _new = SignUp.objects.update_or_create(
        task=held, volunteer=volunteer,
        defaults={"state": state, "made_at": now(), "here_at": None},
    )  # fmt: skip
    record(events.SIGNED_UP, held, row=part.pk, waiting=waits)
    return part


@action
def give_up(by: Actor, part: SignUp) -> SignUp:
    """Not come after all: whoever waits longest has the place."""
    held = held_part(part)
    require_follows(held, Part.CANCELLED)
    had_place = held.state == Part.SIGNED
    held.state = Part.CANCELLED
    held.save(update_fields=["state"])
    record(events.GIVEN_UP, held.task, row=held.pk)
    if had_place and held.task.ends_at > now():
        _move_up(held.task)
    return held


def _move_up(task: Task) -> None:
    first = task.sign_ups.filter(state=Part.WAITING).order_by("made_at", "pk").first()
    if first is not None:
        first.state = Part.SIGNED
        first.save(update_fields=["state"])
        record(events.PLACE_FREE, task, row=first.pk)


def _require_age(task: Task, age: int) -> None:
    least = task.item.least_age if task.item else 18
    if age < least:
        words = _("这个任务要满 %(n)s 岁。海滩清洁这类任务，年纪小一点也能来。") % {"n": least}
        raise _wrong("age", words)


def _require_agreed(guardian_agrees: bool) -> None:
    if not guardian_agrees:
        raise _wrong("guardian_agrees", _("未满 18 岁，要监护人同意才能报名。"))


def _require_training_possible(task: Task, volunteer: Volunteer) -> None:
    training = task.item.training if task.item else None
    if training is None or volunteer.trainings.filter(training=training.code).exists():
        return
    if task.training_at is None or task.training_at < now():
        words = _("这个任务要先参加过“%(name)s”的培训，这次没有再安排。请看看别的任务。")
        raise Refused(words % {"name": training.name}, code="training", status=409)


def _require_free_then(task: Task, volunteer: Volunteer) -> None:
    mine = volunteer.sign_ups.filter(state__in=COMING)
    if mine.filter(task=task).exists():
        raise Refused(_("这个任务您已经报过名了。"), code="signed_up", status=409)
    if mine.filter(task__starts_at__lt=task.ends_at, task__ends_at__gt=task.starts_at).exists():
        words = _("同一时间您已经报了另一个任务，请先退出那一个。")
        raise Refused(words, code="elsewhere", status=409)


def _checked(name: str, phone: str, for_name: str, for_phone: str) -> tuple[str, str]:
    """Both are needed: who comes may have to be told that it is cancelled."""
    try:
        told = checked_contact({"name": name, "phone": phone})
    except Refused as refused:
        at = {"name": for_name, "phone": for_phone}
        fields = {at.get(one, one): words for one, words in refused.fields.items()}
        raise Refused(str(refused), code="contact", status=422, fields=fields) from refused
    if not told.get("name"):
        raise _wrong(for_name, _("请写怎么称呼。"))
    if not told.get("phone"):
        raise _wrong(for_phone, _("请写电话：临时取消时要能告诉您。"))
    return told["name"], told["phone"]


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
