"""Who speaks for a unit, also for what happened before: whoever was on duty with it then."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.models import DutyMember, ResponseUnit

ACKNOWLEDGE = "dispatch.assign_unit"
LEEWAY = timedelta(minutes=5)
"""A phone's time may be a little off, and somebody may go off duty while it sends."""


def duty_then(account: Account, unit: ResponseUnit, at: datetime) -> DutyMember:
    """The duty with this unit during which `at` lies. Refuses whoever was not on duty with it."""
    ended = Q(ended_at__isnull=True) | Q(ended_at__gte=at - LEEWAY)
    duties = DutyMember.objects.filter(ended, account=account, unit=unit)
    found = duties.order_by("-began_at").first()
    if found is None:
        raise Refused(
            _("那时您不在%(unit)s执勤，不能替它报告。") % {"unit": unit},
            code="not_your_unit",
            status=403,
        )
    return found
