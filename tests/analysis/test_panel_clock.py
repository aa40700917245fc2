"""Every moment is in one period, and a period is as long as it was, whatever clocks do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from gongzhi.analysis.panel import Hours, HoursOfWeek, Shifts, periods
from gongzhi.analysis.panel.clock import changes, seconds

NEW_YORK = ZoneInfo("America/New_York")
AUTUMN = (datetime(2016, 11, 5, tzinfo=NEW_YORK), datetime(2016, 11, 8, tzinfo=NEW_YORK))
SPRING = (datetime(2016, 3, 12, tzinfo=NEW_YORK), datetime(2016, 3, 15, tzinfo=NEW_YORK))


def by_shift(span: tuple[datetime, datetime]) -> dict[tuple[date, int], float]:
    found = periods(Shifts(*span, "America/New_York", (0, 8, 16)))
    days = [date(1970, 1, 1) + timedelta(days=one) for one in found["day"].tolist()]
    return dict(
        zip(zip(days, found["shift"].tolist(), strict=True), found["hours"].tolist(), strict=True)
    )


def test_the_night_in_which_clocks_go_back_is_an_hour_longer() -> None:
    shifts = by_shift(AUTUMN)
    assert len(shifts) == 9
    assert shifts.pop((date(2016, 11, 6), 0)) == 9
    assert set(shifts.values()) == {8}


def test_the_night_in_which_clocks_go_forward_is_an_hour_shorter() -> None:
    shifts = by_shift(SPRING)
    assert shifts.pop((date(2016, 3, 13), 0)) == 7
    assert set(shifts.values()) == {8}


def test_a_night_shift_belongs_to_the_day_on_which_it_began() -> None:
    clock = Shifts(*AUTUMN, "America/New_York", (7, 15, 23))
    morning = datetime(2016, 11, 6, 6, 59, tzinfo=NEW_YORK)
    code = clock.code(np.array([seconds(morning), seconds(morning) + 60]))
    parts = clock.parts(code)
    assert [date(1970, 1, 1) + timedelta(days=n) for n in parts["day"].tolist()] == [
        date(2016, 11, 5), date(2016, 11, 6),
    ]  # fmt: skip
    assert parts["shift"].tolist() == [2, 0]


def test_the_hour_of_the_week_is_what_the_clock_on_the_wall_shows() -> None:
    clock = HoursOfWeek(SPRING[0], AUTUMN[1], "America/New_York")
    moments = np.arange(seconds(clock.since), seconds(clock.until), 1777)
    local = [datetime.fromtimestamp(one, NEW_YORK) for one in moments.tolist()]
    parts = clock.parts(clock.code(moments))
    assert parts["weekday"].tolist() == [one.weekday() for one in local]
    assert parts["hour"].tolist() == [one.hour for one in local]


def test_the_hour_that_comes_twice_counts_as_two() -> None:
    found = periods(HoursOfWeek(*AUTUMN, "America/New_York"))
    sunday = {h: n for d, h, n in zip(*(x.tolist() for x in found.values()), strict=True) if d == 6}
    assert sunday.pop(1) == 2
    assert set(sunday.values()) == {1}


def test_empty_months_have_their_periods() -> None:
    year = Hours(datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
    found = periods(year)
    assert len(found["hour"]) == 8760
    assert set(found["hours"].tolist()) == {1.0}
    none = periods(Hours(year.since, year.since))
    assert none["hour"].tolist() == none["hours"].tolist() == []


def test_every_change_of_a_zone_is_found_to_the_second() -> None:
    found = changes(
        "America/New_York", datetime(2000, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert len(found) == 41
    for (_, before), (at, after) in pairwise(found):
        assert datetime.fromtimestamp(at - 1, NEW_YORK).utcoffset() == timedelta(seconds=before)
        assert datetime.fromtimestamp(at, NEW_YORK).utcoffset() == timedelta(seconds=after)
    still = changes(
        "Asia/Shanghai", datetime(2000, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert [ahead for _, ahead in still] == [8 * 3600]


def test_all_hours_of_a_span_are_in_some_shift_once() -> None:
    """Odd hours and a zone whose clocks change by half an hour."""
    since = datetime(2024, 1, 1, tzinfo=UTC)
    clock = Shifts(since, since + timedelta(days=400), "Australia/Lord_Howe", (1, 2, 13))
    assert periods(clock)["hours"].sum() == 400 * 24
    moments = np.arange(seconds(clock.since), seconds(clock.until), 900)
    local = [datetime.fromtimestamp(one, ZoneInfo(clock.zone)) for one in moments.tolist()]
    wall = Counter(
        (one - timedelta(hours=1)).replace(tzinfo=None).date().toordinal() for one in local
    )
    days = Counter(clock.parts(clock.code(moments))["day"].tolist())
    first = date(1970, 1, 1).toordinal()
    assert {day + first: n for day, n in days.items()} == dict(wall)


@pytest.mark.parametrize("starts", [(), (24,), (-1, 8), (8, 0), (8, 8)])
def test_shifts_that_are_none_are_refused(starts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"[Ss]hifts"):
        Shifts(*AUTUMN, "America/New_York", starts)


def test_a_span_that_is_none_is_refused() -> None:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    for since, until in (
        (moment.replace(tzinfo=None), moment), (moment, moment - timedelta(hours=1)),
        (moment.replace(year=1969), moment), (moment, moment + timedelta(minutes=7)),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"panel|zone"):
            Hours(since, until)
