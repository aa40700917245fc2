"""What is said when a time can't be had: always with the next that can."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.spans import moment
from gongzhi.work.appointments.selectors.times import Visit, next_free


class Taken(Refused):
    """A time that can't be had. ``next_at``: the first that can, or None where all is full."""

    next_at: datetime | None = None


def taken(visit: Visit, starts_at: datetime) -> Taken:
    """Somebody was quicker."""
    return _refusal(visit, starts_at, _("这个时间刚刚被别人约走了。"))


def no_time(visit: Visit, starts_at: datetime) -> Taken:
    """It is no time that can be booked: past, too soon, too far ahead, or the office is closed."""
    return _refusal(visit, starts_at, _("这个时间不能约。"))


def _refusal(visit: Visit, starts_at: datetime, said: str) -> Taken:
    found = next_free(visit, starts_at)
    if found is None:
        more = _("往后 %(days)s 天都约满了，可以排队等空位，也可以直接来取号。")
        more = more % {"days": visit.rules.ahead}
    else:
        more = _("最近的空位是%(at)s。") % {"at": moment(found)}
    refused = Taken(said + more, code="taken", status=409)
    refused.next_at = found
    return refused
