"""Who listens, who runs surveys, and who sees what units said."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused

GIVE = "care.give_support"
VIEW = "care.view_pulse"
RUN = "care.run_pulse"
CARE = Actor.system("care")
"""Who acts wherever the log must not say who did."""


def require_host(account: Account) -> None:
    """Refuse (403) who isn't one of those who listen."""
    if not may(account, GIVE):
        raise Refused(_("只有心理咨询和同伴支持的人才能放出时间。"), code="no_host", status=403)


def require_unnamed(by: Actor) -> None:
    """Care acts for itself, whoever asked: an account's name must not get onto the log."""
    if by != CARE:
        raise ValueError("who acts in care is never named")
