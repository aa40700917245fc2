"""When an answer is due."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from gongzhi.base.calendar.counting import Counts
from gongzhi.base.calendar.due import due
from gongzhi.base.catalogue.kinds.rule import Rule
from gongzhi.base.catalogue.load import catalogue


def county_zone() -> ZoneInfo:
    """The county's time."""
    return ZoneInfo(settings.TIME_ZONE)


def answer_due(rule: Rule, start: datetime) -> datetime:
    """By when a finding of this rule, raised at `start`, is to be answered."""
    limit = rule.answer_within
    counts: Counts = "working" if limit.working_days else "calendar"
    if limit.counts_hours:
        counts = "hours"
    counted = due(
        start, limit, counts=counts, rolls=counts == "calendar", calendar=catalogue().calendar,
        tz=county_zone(),
    )  # fmt: skip
    return counted.at or start
