"""Who oversees the register, and who decides that somebody is kept from a matter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

OVERSEE = "integrity.oversee_register"
DECIDE = "integrity.decide_recusal"


def require_other(by: Actor, permission: str, account: Account) -> Account | None:
    """Who may, and isn't the one it is about. Refuses (403) everybody else."""
    require(by, permission)
    if by.source == account:
        raise Refused(_("自己的事要由别人决定。"), code="own", status=403)
    return by.source if isinstance(by.source, Account) else None
