"""A unit opens a task, cancels it, and thanks those who came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.volunteer_task import VolunteerTask
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import Area
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering import events
from gongzhi.work.volunteering.held import held_task, require_open
from gongzhi.work.volunteering.models import Task
from gongzhi.work.volunteering.permissions import require_person, require_runner
from gongzhi.work.volunteering.states import TAKEN, Reason, TaskState

MOST_WORDS, MOST_PLACES = 1000, 200
LONGEST = timedelta(hours=12)
_ORIGIN = re.compile(r"(problem|proposal|consultation):\d{1,12}", re.ASCII)


@dataclass(frozen=True)
class NewTask:
    """What is to be opened."""

    kind: str
    place: str
    point: Point
    starts_at: datetime
    ends_at: datetime
    places: int
    words: str = ""
    training_at: datetime | None = None
    origin: str = ""


@action
def open_task(by: Actor, new: NewTask) -> Task:
    """Open a task of one's own unit. Refuses one that no insurance covers, that somebody would do
    alone, or for which nobody says when it is shown how."""
    account = require_person(by)
    item = catalogue().tasks.get(new.kind)
    if item is None:
        raise _wrong("kind", _("请选一类任务。"))
    _require_insured(item, new)
    _require_times(new)
    _require_whole(item, new)
    town = area_of(new.point, Area.Kind.TOWN)
    made = Task.objects.create(
        kind=new.kind, unit=account.unit, made_by=account, words=new.words.strip()[:MOST_WORDS],
        place=new.place.strip(), lat=new.point.lat, lon=new.point.lon, h9=cell_of(new.point),
        town=town.code if town else "", starts_at=new.starts_at, ends_at=new.ends_at,
        training_at=new.training_at, places=new.places, origin=new.origin, opened_at=now(),
    )  # fmt: skip
    record(
        events.TASK_OPENED, made, task=made.kind, unit=made.unit_id, town=made.town or None,
        starts=made.starts_at, ends=made.ends_at, places=made.places, origin=made.origin or None,
    )  # fmt: skip
    return made


@action
def cancel_task(by: Actor, task: Task, *, reason: str) -> Task:
    """It doesn't take place; the event says so to those who tell people."""
    held = held_task(task)
    require_runner(by, held)
    require_open(held)
    if reason not in Reason.values:
        raise _wrong("reason", _("请选为什么取消。"))
    held.state, held.reason, held.closed_at = TaskState.CANCELLED, reason, now()
    held.save(update_fields=["state", "reason", "closed_at"])
    signed = held.sign_ups.filter(state__in=TAKEN).count()
    record(events.TASK_CANCELLED, held, reason=reason, unit=held.unit_id, signed=signed)
    return held


@action
def thank(by: Actor, task: Task, *, words: str) -> Task:
    """The unit thanks those who came, all together; everybody can read it."""
    held = held_task(task)
    require_runner(by, held)
    if held.state == TaskState.CANCELLED or held.starts_at > now():
        raise Refused(_("任务做了再写感谢。"), code="too_early", status=409)
    if not words.strip():
        raise _wrong("words", _("请写一句感谢的话。"))
    held.thanks, held.thanked_at = words.strip()[:MOST_WORDS], now()
    held.save(update_fields=["thanks", "thanked_at"])
    record(events.THANKED, held, unit=held.unit_id)
    return held


def _require_insured(item: VolunteerTask, new: NewTask) -> None:
    if item.insurance is None:
        words = _("“%(kind)s”还没有写明由哪份保险承保，不能发布。请先请县里补上。")
        raise _wrong("kind", words % {"kind": item.name})
    until = item.insurance.until
    if until is not None and timezone.localdate(new.ends_at) > until:
        words = _("“%(policy)s”只保到 %(day)s，这一天还没有保险。")
        raise _wrong("day", words % {"policy": item.insurance.policy, "day": until})


def _require_times(new: NewTask) -> None:
    if new.starts_at <= now():
        raise _wrong("day", _("开始时间已经过了。"))
    if not timedelta(minutes=10) <= new.ends_at - new.starts_at <= LONGEST:
        raise _wrong("ends", _("结束要比开始晚，最长 12 小时。"))
    if new.training_at is not None and not now() < new.training_at < new.starts_at:
        raise _wrong("training_at", _("培训要在任务开始之前。"))


def _require_whole(item: VolunteerTask, new: NewTask) -> None:
    if not new.place.strip():
        raise _wrong("place", _("请写在哪里集合。"))
    if not item.together <= new.places <= MOST_PLACES:
        words = _("这类任务至少 %(n)s 人一起，最多 %(most)s 人。")
        raise _wrong("places", words % {"n": item.together, "most": MOST_PLACES})
    if new.origin and not _ORIGIN.fullmatch(new.origin):
        raise _wrong("origin", _("没有这个来由。"))


def _wrong(field: str, words: str) -> Refused:
    return Refused(words, code=field, status=422, fields={field: words})
