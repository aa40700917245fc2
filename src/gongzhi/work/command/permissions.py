"""Who may see a command lane, run one, and answer its roll-call."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.command.models import RollAnswer
from gongzhi.work.linked.permissions import speaks_for

VIEW, RUN = "command.view_lane", "command.run_lane"


def is_asked(by: Actor, answer: RollAnswer) -> bool:
    """Whether it is this actor who is asked: the post's holder or one of its unit, somebody on duty
    with the crew, the partner."""
    who = by.source
    if answer.partner is not None and speaks_for(by, answer.partner):
        return True
    if not isinstance(who, Account):
        return False
    if answer.crew is not None:
        return answer.crew.members.filter(account=who, ended_at__isnull=True).exists()
    holder = answer.holder
    if holder is None:
        return False
    return holder.account_id == who.pk or (
        holder.account_id is None and holder.unit_id == who.unit_id
    )


def require_asked(by: Actor, answer: RollAnswer) -> None:
    """Refuse whoever is neither asked nor runs the lane, who may note what came by radio."""
    if is_asked(by, answer):
        return
    if isinstance(by.source, Account) and not may(by.source, RUN):
        raise Refused(_("这次点名没有点到您。"), code="not_asked", status=403)
    require(by, RUN)
