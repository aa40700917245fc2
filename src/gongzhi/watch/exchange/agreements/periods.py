"""The months and weeks that questions are answered for: those that are over."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.question import Question
from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused

MONTH, WEEK = re.compile(r"(\d{4})-(\d{2})"), re.compile(r"(\d{4})-W(\d{2})")
BACK = 24
"""Months that are answered for."""


def span_of(question: Question, text: str) -> tuple[date, date]:
    """First and last day. Refuses (422) what is no such period."""
    found = (WEEK if question.period == "week" else MONTH).fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        year, number = int(found[1]), int(found[2])
        if question.period == "week":
            first = date.fromisocalendar(year, number, 1)
            return first, first + timedelta(days=6)
        return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    except ValueError as wrong:
        said = _("period 应写成 2026-W44。") if question.period == "week" else _(
            "period 应写成 2026-10。"
        )  # fmt: skip
        raise Refused(said, code="period", status=422, fields={"period": said}) from wrong


def require_over(span: tuple[date, date], latest: date) -> None:
    """Refuse a period that isn't over, or of which not everything is counted yet; and one too
    far back."""
    first, last = span
    if last > latest or last >= timezone.localdate(now()):
        raise Refused(_("这段时间还没有过完，过完再问。"), code="not_over", status=409)
    if (timezone.localdate(now()) - first).days > BACK * 31:
        raise Refused(_("太早了，只答两年以内的。"), code="too_early", status=409)


def latest_of(kind: Literal["week", "month"], day: date) -> str:
    """The last period of this kind that was over before a day."""
    if kind == "month":
        before = day.replace(day=1) - timedelta(days=1)
        return f"{before:%Y-%m}"
    year, week, _weekday = (day - timedelta(days=day.isoweekday())).isocalendar()
    return f"{year}-W{week:02}"
