"""Who may do what where people take part."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

RUN = "proposals.run_participation"
"""Lead proposals, votes and consultations through their phases."""
WORK = "proposals.work_proposal"
"""Cost and deliver proposals that were given to one's unit."""
GIVE = "proposals.give_right"
"""Look at somebody's paper at a counter, and give them the right to one ballot."""
MODERATE = "proposals.moderate_text"
"""Take texts out of view by the published rules, and decide appeals of others' removals."""


def require_runner(by: Actor) -> None:
    """Refuse whoever doesn't lead residents' part; the platform itself may."""
    if by.kind != "system":
        require(by, RUN)


def account_behind(by: Actor) -> Account:
    """The member of staff who acts. Refuses everybody else."""
    if not isinstance(by.source, Account):
        raise Refused(_("只有登录的工作人员能办。"), code="no_officer", status=403)
    return by.source


def require_official(by: Actor) -> Account:
    """Refuse whoever neither leads residents' part nor works on proposals for a unit."""
    account = account_behind(by)
    if not may(account, RUN):
        require(by, WORK)
    return account


def require_moderator(by: Actor) -> Account:
    """Refuse whoever may not take texts out of view."""
    require(by, MODERATE)
    return account_behind(by)
