"""Who opens vacancies, who decides them, who answers an appeal."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

RUN = "movement.run_movement"
"""Open vacancies, reckon rotations, answer appeals."""
DECIDE = "movement.decide_move"


def person(by: Actor, permission: str = "") -> Account:
    """The member of staff who acts. Refuses programs, and whoever lacks the permission."""
    if permission:
        require(by, permission)
    if not isinstance(by.source, Account):
        raise Refused(_("要由人来决定：请用工作账号登录。"), code="no_account", status=403)
    return by.source
