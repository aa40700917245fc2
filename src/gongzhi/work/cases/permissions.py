"""Who is in on a case, who works on it, and who approves."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.people.standing import Part, require_not_kept, stands_above
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases.models import Case, Member

VIEW, WORK = "cases.view_case", "cases.work_case"
APPROVE, OVERSEE = "cases.approve_case", "cases.oversee_cases"


def is_on(account: Account, case: Case) -> bool:
    """Whether this account is one of those who work on the case."""
    if account.pk in (case.lead_id, case.second_id):
        return True
    return case.members.filter(account=account, left_at=None).exists()


def may_read(account: Account, case: Case) -> bool:
    """Whoever works on it; whoever approves in its unit or above; whoever oversees them all."""
    if not may(account, VIEW):
        return False
    if may(account, OVERSEE) or is_on(account, case):
        return True
    return may(account, APPROVE) and stands_above(account, case.matter.owner_unit)


def circle(account: Account, matter: int) -> Part | None:
    """The circle around a case, as other apps ask for it; None for what is no case."""
    case = Case.objects.select_related("matter__owner_unit__parent").filter(pk=matter).first()
    if case is None:
        return None
    if is_on(account, case):
        return "works"
    return "reads" if may_read(account, case) else "out"


def readable_by(account: Account) -> Q:
    """The cases that this account may read."""
    joined = Member.objects.filter(account=account, left_at=None).values("case")
    on = Q(lead=account) | Q(second=account) | Q(pk__in=joined)
    if not may(account, VIEW):
        return Q(pk__in=[])
    if may(account, OVERSEE):
        return Q()
    if may(account, APPROVE):
        unit = account.unit
        return on | Q(matter__owner_unit=unit) | Q(matter__owner_unit__parent=unit)
    return on


def officer(by: Actor) -> Account:
    """The member of staff that acts: what is done in a case is somebody's, never the platform's."""
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    return by.source


def require_reader(by: Actor, case: Case) -> Account:
    """Refuse whoever isn't in on the case."""
    require(by, VIEW)
    account = officer(by)
    if not may_read(account, case):
        raise Refused(
            _("只有办理、审批或者监督这个案件的人才能看。"), code="not_your_case", status=403
        )
    return account


def require_worker(by: Actor, case: Case) -> Account:
    """Refuse whoever doesn't work on the case."""
    require(by, WORK)
    account = officer(by)
    require_not_kept(account, case.pk)
    if not is_on(account, case):
        raise Refused(_("只有办这个案件的人才能办理。"), code="not_on_the_case", status=403)
    return account


def require_approver(by: Actor, case: Case) -> Account:
    """Refuse whoever works on the case, isn't in on it, or is recused from it."""
    require(by, APPROVE)
    account = require_reader(by, case)
    require_not_kept(account, case.pk)
    if is_on(account, case):
        raise Refused(_("办案人员不能批准自己的案件。"), code="own_approval", status=403)
    return account


def require_lead(by: Actor, case: Case) -> Account:
    """Refuse everybody but the two officers and the head of their unit."""
    account = officer(by)
    require_not_kept(account, case.pk)
    heads = may(account, APPROVE) and account.unit_id == case.matter.owner_unit_id
    if account.pk not in (case.lead_id, case.second_id) and not heads:
        raise Refused(
            _("这件事由主办、协办民警或者本单位负责人决定。"), code="not_your_case", status=403
        )
    return account
