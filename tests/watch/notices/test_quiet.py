"""Nothing rings at night, unless somebody chose so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from gongzhi.watch.notices.quiet import after_quiet

HERE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("at", "rings"),
    [
        ("2026-03-02 21:59", "2026-03-02 21:59"),
        ("2026-03-02 22:00", "2026-03-03 07:00"),
        ("2026-03-02 23:59", "2026-03-03 07:00"),
        ("2026-03-03 00:00", "2026-03-03 07:00"),
        ("2026-03-03 06:59", "2026-03-03 07:00"),
        ("2026-03-03 07:00", "2026-03-03 07:00"),
        ("2026-12-31 23:00", "2027-01-01 07:00"),
        ("2028-02-28 22:30", "2028-02-29 07:00"),
    ],
)
def test_it_rings_when_the_night_is_over(at: str, rings: str) -> None:
    asked = datetime.fromisoformat(at).replace(tzinfo=HERE)
    assert after_quiet(asked, 22, 7) == datetime.fromisoformat(rings).replace(tzinfo=HERE)


def test_quiet_hours_of_the_day_and_none_at_all() -> None:
    noon = datetime(2026, 3, 2, 12, 30, tzinfo=HERE)
    assert after_quiet(noon, 12, 14) == noon.replace(hour=14, minute=0)
    assert after_quiet(noon, None, None) == noon
    assert after_quiet(noon, 5, 5) == noon


@given(
    st.integers(1577836800, 2051222400).map(lambda seconds: datetime.fromtimestamp(seconds, HERE)),
    st.integers(0, 23),
    st.integers(0, 23),
)
def test_never_inside_never_earlier_and_within_a_day(at: datetime, begins: int, ends: int) -> None:
    rings = after_quiet(at, begins, ends)
    assert at <= rings <= at + timedelta(days=1)
    assert after_quiet(rings, begins, ends) == rings


def test_where_clocks_change_the_night_still_ends_at_seven(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    berlin = ZoneInfo("Europe/Berlin")
    for month, day in ((3, 28), (10, 24)):
        late = datetime(2026, month, day, 22, 30, tzinfo=UTC)
        rings = after_quiet(late, 22, 7)
        assert rings.astimezone(berlin).hour == 7


def test_the_county_s_clock_counts_not_the_reader_s() -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")):
        late = datetime(2026, 3, 28, 23, tzinfo=HERE)
        assert after_quiet(late, 22, 7).astimezone(HERE).hour == 7
