"""Times as people say them, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from gongzhi.base.ui import spans
from gongzhi.base.ui.parts import Clock

NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # 14:30 in the county


@pytest.mark.parametrize(
    ("seconds", "said", "short"),
    [
        (0, "0 秒", "0:00"),
        (59.9, "59 秒", "0:59"),
        (60, "1 分钟", "1:00"),
        (197, "3 分 17 秒", "3:17"),
        (3600, "1 小时", "1:00:00"),
        (7500, "2 小时 5 分", "2:05:00"),
        (86400, "1 天", "24:00:00"),
        (90000, "1 天 1 小时", "25:00:00"),
        (5 * 86400 + 3600, "5 天", "5 天"),
        (-197, "3 分 17 秒", "3:17"),
    ],
)
def test_spans(seconds: float, said: str, short: str) -> None:
    with override("zh-hans"):
        assert (spans.span(seconds), spans.short_span(seconds)) == (said, short)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=20), "刚刚"),
        (timedelta(minutes=3), "3 分钟前"),
        (timedelta(hours=2), "2 小时前"),
        (timedelta(hours=-2), "2 小时后"),
        (timedelta(days=6), "6 天前"),
        (timedelta(days=8), "11月16日 14:30"),
        (timedelta(days=365), "2025年11月24日 14:30"),
    ],
)
def test_ago(before: timedelta, said: str) -> None:
    with override("zh-hans"):
        assert spans.ago(NOW - before, NOW) == said


def test_moments_follow_the_countys_day_not_utc() -> None:
    late_evening_utc = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # already the 24th here
    with override("zh-hans"):
        assert spans.moment(late_evening_utc, NOW) == "今天 01:00"
        assert spans.moment(NOW - timedelta(days=1), NOW) == "昨天 14:30"
        assert spans.day(NOW) == "2026年11月24日"
    with override("en"):
        assert spans.day(NOW) == "24 Nov 2026"


def test_a_clock_says_where_it_stands() -> None:
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    started = now - 4 * hour
    states = {
        Clock("x", now + 6 * hour, started).state: "running",
        Clock("x", now + hour / 2, started).state: "soon",
        Clock("x", now - hour, started).state: "late",
        Clock("x", now, started, stopped_at=now - hour).state: "met",
        Clock("x", now - hour, started, stopped_at=now).state: "missed",
        Clock("x", now + hour, started, paused=True).state: "paused",
    }
    assert all(found == expected for found, expected in states.items())
    assert len(states) == 6
