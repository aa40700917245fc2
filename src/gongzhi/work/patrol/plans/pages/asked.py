"""What pages of plans are asked: who asks, for which day and shift."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans.selectors.shifts import Shift, shift_at, shift_called

FARTHEST = timedelta(days=62)
"""So far before and after today one may look."""


def shift_of(asked: object) -> Shift:
    """The shift of ``day`` and ``shift``; without a day, the one that is on now."""
    day, code = asked.get("day", ""), asked.get("shift", "")  # type: ignore[attr-defined]
    if not day:
        return shift_at(now())
    return shift_called(day_in(day), code)


def day_in(text: str) -> date:
    """The day. Refuses (422) what is none, or too far away."""
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        words = _("请写成年-月-日，例如 2026-03-01。")
        raise Refused(words, code="day", status=422, fields={"day": words}) from wrong
    if abs(day - now().date()) > FARTHEST:
        words = _("只能看前后两个月。")
        raise Refused(words, code="day", status=422, fields={"day": words})
    return day
