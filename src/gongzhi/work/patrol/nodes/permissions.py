"""Who sees nodes and plans, and who sets nodes up."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

VIEW = "patrol.view_plans"
PLAN = "patrol.make_plan"


def require_planner(by: Actor) -> Account | None:
    """The account that plans patrols; None for the platform itself, which makes proposals only."""
    require(by, PLAN)
    return by.source if isinstance(by.source, Account) else None


def require_person(by: Actor) -> Account:
    """The account that plans. Refuses the platform: somebody answers for what is drawn."""
    account = require_planner(by)
    if account is None:
        raise Refused(_("要由人来决定：请用工作账号登录。"), code="no_account", status=403)
    return account
