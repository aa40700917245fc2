"""Who sees series and topics, who judges them, and how exactly somebody may see a place."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.linking.models import Series

VIEW = "prevention.view_series"
JUDGE = "prevention.judge_series"
TOPICS = "participation.view_requests"
ANSWER = "participation.answer_request"


def sees_places(account: object) -> bool:
    """Whether exact places and the way to the incident are shown; to others, blocks of houses."""
    return may(account, "dispatch.view_console")


def may_judge(account: object, series: Series) -> bool:
    """Of incidents those who judge series, of requests those who answer them."""
    return may(account, ANSWER if series.topic else JUDGE)


def judge_of(by: Actor, series: Series) -> Account:
    """The account that judges. Refuses everybody else, programs and the platform too."""
    require(by, ANSWER if series.topic else JUDGE)
    if not isinstance(by.source, Account):
        raise Refused(_("串并要由登录的工作人员来判断。"), code="no_account", status=403)
    return by.source
