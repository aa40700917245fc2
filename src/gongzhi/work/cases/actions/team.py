"""The joint team of a case (最小作战单元): who is on it, and who does what by when."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import require_not_kept
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.events import TASK_FINISHED, TASK_GIVEN, TEAM_JOINED, TEAM_LEFT
from gongzhi.work.cases.models import Case, Member, Task
from gongzhi.work.cases.permissions import (
    VIEW,
    is_on,
    officer,
    require_lead,
    require_worker,
)

LONGEST = 400


@action
def join_team(by: Actor, case: Case, account: Account) -> Member:
    """Take somebody, also of another unit, onto the team. Refuses who is on it, and who may not
    read cases at all."""
    held = _held(by, case)
    if is_on(account, held):
        raise Refused(_("已经在办这个案件。"), code="on_it", status=409)
    require_not_kept(account, held.pk)
    if not account.is_active or not may(account, VIEW):
        wrong = _("请选能办案的工作人员。")
        raise Refused(wrong, code="not_for_cases", fields={"account": wrong})
    made = Member.objects.create(case=held, account=account, unit=account.unit, joined_at=now())
    record(TEAM_JOINED, held.matter, account=account.pk, unit=account.unit_id)
    return made


@action
def leave_team(by: Actor, case: Case, account: Account) -> Member:
    """Let somebody off the team, or leave it oneself. Refuses while a task of theirs is open."""
    member = Member.objects.filter(case=case, account=account, left_at=None).first()
    if member is None:
        raise Refused(_("不在联合办案的队伍里。"), code="not_on_it", status=404)
    if officer(by).pk != account.pk:
        require_lead(by, case)
    if case.tasks.filter(lead=account, finished_at=None).exists():
        raise Refused(_("还有没完成的任务，完成或者另派以后再退出。"), code="has_task", status=409)
    member.left_at = now()
    member.save(update_fields=["left_at"])
    record(TEAM_LEFT, case.matter, account=account.pk)
    return member


@action
def give_task(by: Actor, case: Case, words: str, lead: Account, due_at: datetime) -> Task:
    """Give one of the team something to do by a time that is still to come."""
    held = _held(by, case)
    told = words.strip()[:LONGEST]
    if not told or "\x00" in told:
        wrong = _("请写要做什么。")
        raise Refused(wrong, code="no_words", fields={"words": wrong})
    if not is_on(lead, held):
        wrong = _("任务只能派给办这个案件的人。")
        raise Refused(wrong, code="not_on_it", fields={"lead": wrong})
    if due_at <= now():
        wrong = _("完成时间要在现在以后。")
        raise Refused(wrong, code="too_early", fields={"due_at": wrong})
    made = Task.objects.create(
        case=held, words=told, lead=lead, due_at=due_at, given_by=officer(by), given_at=now()
    )
    record(TASK_GIVEN, held.matter, task=made.pk, account=lead.pk, due_at=due_at)
    return made


@action
def finish_task(by: Actor, task: Task, outcome: str) -> Task:
    """Say that it is done and what came of it: whoever it was given to, or who leads the case."""
    held = Task.objects.select_for_update(of=("self",)).select_related("case__matter").get(
        pk=task.pk
    )  # fmt: skip
    account = require_worker(by, held.case)
    if account.pk != held.lead_id:
        require_lead(by, held.case)
    if held.finished_at is not None:
        raise Refused(_("这个任务已经完成了。"), code="finished", status=409)
    held.finished_at, held.outcome = now(), outcome.replace("\x00", "").strip()[:LONGEST]
    held.save(update_fields=["finished_at", "outcome"])
    record(TASK_FINISHED, held.case.matter, task=held.pk)
    return held


def _held(by: Actor, case: Case) -> Case:
    held = Case.objects.select_for_update(of=("self",)).select_related("matter").get(pk=case.pk)
    require_lead(by, held)
    if held.matter.closed_at is not None:
        raise Refused(_("案件已经办结。"), code="closed", status=409)
    return held
