"""Who sees and runs tasks for volunteers: the unit that opened them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering.models import Task

VIEW = "volunteering.view_tasks"
RUN = "volunteering.run_task"


def runs(account: Account, task: Task) -> bool:
    """Whether this account may change this task."""
    return may(account, RUN) and account.unit_id == task.unit_id


def require_runner(by: Actor, task: Task) -> Account:
    """The account that runs this task. Refuses other units' people, and the platform itself."""
    account = require_person(by)
    if account.unit_id != task.unit_id:
        words = _("这个任务由%(unit)s发布，别的单位只能看。") % {"unit": task.unit}
        raise Refused(words, code="not_your_task", status=403)
    return account


def require_person(by: Actor) -> Account:
    """A person who may run tasks."""
    require(by, RUN)
    if not isinstance(by.source, Account):
        raise Refused(_("要由人来决定：请用工作账号登录。"), code="no_account", status=403)
    return by.source
