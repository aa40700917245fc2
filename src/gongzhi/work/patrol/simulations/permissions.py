"""Who sees simulations, and who asks for them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

VIEW = "patrol.view_simulations"
RUN = "patrol.run_simulation"


def require_planner(by: Actor) -> Account:
    """The account that asks, stops and goes on. Refuses everybody else, programs too."""
    require(by, RUN)
    if not isinstance(by.source, Account):
        raise Refused(_("要由人来安排：请用工作账号登录。"), code="no_account", status=403)
    return by.source
