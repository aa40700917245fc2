"""Who sees prevention, who says what comes of a rise, and who works on a problem."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems.models import Problem, ProblemWords

VIEW = "prevention.view_problems"
JUDGE = "prevention.judge_rise"
WORK = "prevention.work_problem"


def works_on(account: Account, problem: Problem) -> bool:
    """Whether this account may change this problem: of its unit, or who judges rises."""
    return may(account, WORK) and (account.unit_id == problem.unit_id or may(account, JUDGE))


def erases(account: Account, words: ProblemWords) -> bool:
    """Whether this account may take these words away: who wrote them, and who judges rises."""
    mine = words.author_id == account.pk and may(account, WORK)
    return words.erased_at is None and (mine or may(account, JUDGE))


def require_judge(by: Actor) -> Account:
    """The account that says what comes of a rise. Never the platform itself: a person decides."""
    require(by, JUDGE)
    return _person(by)


def require_worker(by: Actor, problem: Problem) -> Account:
    """The account that works on this problem. Refuses other units' people."""
    require(by, WORK)
    account = _person(by)
    if not works_on(account, problem):
        raise Refused(
            _("这个问题由%(unit)s负责，别的单位只能看。") % {"unit": problem.unit},
            code="not_your_problem", status=403,
        )  # fmt: skip
    return account


def _person(by: Actor) -> Account:
    if not isinstance(by.source, Account):
        raise Refused(_("要由人来决定：请用工作账号登录。"), code="no_account", status=403)
    return by.source
