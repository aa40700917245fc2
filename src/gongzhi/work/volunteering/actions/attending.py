"""Being there: said by whoever is there, or ticked by the unit. Nobody is asked where they are."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering import events
from gongzhi.work.volunteering.held import held_part, held_task, require_follows
from gongzhi.work.volunteering.models import SignUp, Task
from gongzhi.work.volunteering.permissions import require_runner
from gongzhi.work.volunteering.states import COMING, EARLY, Part, TaskState


@action
def come(by: Actor, part: SignUp) -> SignUp:
    """“I'm there.”"""
    held = held_part(part)
    require_follows(held, Part.HERE)
    if held.task.state != TaskState.OPEN:
        raise Refused(_("这个任务取消了，或者已经结束。"), code="over", status=409)
    if not held.task.starts_at - EARLY <= now() <= held.task.ends_at:
        words = _("开始前半小时起，到结束为止，可以说“我到了”。")
        raise Refused(words, code="not_yet", status=409)
    _require_trained(held)
    return _came(held)


@action
def finish(by: Actor, part: SignUp) -> SignUp:
    """“I'm done.” Counted from the start, or since they came, until now or the end."""
    held = held_part(part)
    require_follows(held, Part.DONE)
    return _done(held, now())


@action
def mark_part(by: Actor, part: SignUp, *, whole: bool) -> SignUp:
    """The unit ticks somebody who was there and said nothing; ``whole``: until the end."""
    held = held_part(part)
    require_runner(by, held.task)
    if held.task.starts_at - EARLY > now():
        raise Refused(_("任务还没开始。"), code="not_yet", status=409)
    if held.state != Part.HERE:
        require_follows(held, Part.HERE)
        _require_trained(held)
        held = _came(held)
    return _done(held, held.task.ends_at) if whole and held.task.ends_at <= now() else held


@action
def settle_task(by: Actor, task: Task) -> Task:
    """The task is over: who was there is done; who wasn't gave it up, and nothing more is kept."""
    held = held_task(task)
    if held.state != TaskState.OPEN or held.ends_at > now():
        raise Refused(_("任务还没结束。"), code="not_yet", status=409)
    for part in held.sign_ups.filter(state=Part.HERE).select_related("task").order_by("pk"):
        _done(part, held.ends_at)
    held.sign_ups.filter(state__in=COMING).update(state=Part.CANCELLED)
    held.state, held.closed_at = TaskState.OVER, now()
    held.save(update_fields=["state", "closed_at"])
    came = held.sign_ups.filter(state=Part.DONE).count()
    record(events.TASK_OVER, held, unit=held.unit_id, came=came)
    return held


def _came(part: SignUp) -> SignUp:
    part.state, part.here_at = Part.HERE, max(now(), part.task.starts_at)
    if now() > part.task.ends_at:  # ticked afterwards
        part.here_at = part.task.starts_at
    part.save(update_fields=["state", "here_at"])
    record(events.CAME, part.task, row=part.pk)
    return part


def _done(part: SignUp, at: datetime) -> SignUp:
    since = part.here_at or part.task.starts_at
    until = min(at, part.task.ends_at)
    part.minutes = max(0, round((until - since).total_seconds() / 60))
    part.state, part.done_at = Part.DONE, now()
    part.save(update_fields=["state", "done_at", "minutes"])
    record(events.FINISHED, part.task, row=part.pk, minutes=part.minutes)
    return part


def _require_trained(part: SignUp) -> None:
    training = part.task.item.training if part.task.item else None
    if training and not part.volunteer.trainings.filter(training=training.code).exists():
        words = _("还没有登记“%(name)s”的培训。请先找带队的人补上，再开始。")
        raise Refused(words % {"name": training.name}, code="training", status=409)
