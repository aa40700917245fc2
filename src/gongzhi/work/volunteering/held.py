"""Tasks and parts, inside an open action: locked, and checked for what may follow."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering.models import SignUp, Task
from gongzhi.work.volunteering.states import MAY_FOLLOW, TaskState


def held_task(task: Task) -> Task:
    """The task as it is now, locked. Whoever changes parts of a task holds the task: places are
    counted one after the other."""
    return Task.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task.pk)


def held_part(part: SignUp) -> SignUp:
    """The part as it is now; its task is locked."""
    held_task(part.task)
    return SignUp.objects.select_related("task__unit", "volunteer").get(pk=part.pk)


def require_follows(part: SignUp, state: str) -> None:
    """Refuse (409) a change that can't follow on what it is now."""
    if part.state not in MAY_FOLLOW[state]:
        words = _("现在是“%(state)s”，改不了了。") % {"state": part.get_state_display()}
        raise Refused(words, code="not_now", status=409)


def require_open(task: Task) -> None:
    """Refuse (409) a task that was cancelled or is over."""
    if task.state == TaskState.CANCELLED:
        words = _("这个任务取消了：%(why)s。") % {"why": task.get_reason_display()}
        raise Refused(words, code="cancelled", status=409)
    if task.state != TaskState.OPEN or task.ends_at <= now():
        raise Refused(_("这个任务已经结束。"), code="over", status=409)
