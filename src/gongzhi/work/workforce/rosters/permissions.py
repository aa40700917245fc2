"""Who plans whose roster, and who may do what with a shift."""

from __future__ import annotations

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account, Unit
from gongzhi.work.workforce.officers.permissions import require_self, require_unit

VIEW = "rosters.view_rosters"
PLAN = "rosters.plan_roster"


def require_planner(by: Actor, unit: Unit) -> Account | None:
    """Refuse (403) who doesn't plan this unit's rosters; the account, None for the platform."""
    require_unit(by, PLAN, unit)
    return by.source if isinstance(by.source, Account) else None


def require_own(by: Actor, account: Account) -> None:
    """Refuse (403) everybody but whose shift it is, and who plans their unit's."""
    if by.kind == "system" or by.source == account:
        return
    if isinstance(by.source, Account):
        require(by, PLAN)
        require_unit(by, PLAN, account.unit)
        return
    require_self(by, account)
