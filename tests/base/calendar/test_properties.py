"""What holds for every start and every limit, tried on many."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongzhi.base.calendar.due import due, extend, suspend
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.calendar.workdays import ONE_DAY
from tests.base.calendar.counted import CHINA, TZ, count
from tests.base.calendar.walked import walked

moments = st.datetimes(datetime(2020, 1, 1), datetime(2027, 6, 30), timezones=st.just(TZ))  # noqa: DTZ001
known_moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 3, 1), timezones=st.just(TZ))  # noqa: DTZ001
numbers = st.integers(1, 90)
dated = st.sampled_from(["P{}D", "P{}WD", "P{}M"])
any_kind = st.sampled_from(["P{}D", "P{}WD", "P{}M", "PT{}H", "PT{}M", "PT{}S"])


def counted(start: datetime, limit: str, *, rolls: bool = True):  # type: ignore[no-untyped-def]
    return count(start.replace(tzinfo=None).isoformat(), limit, rolls=rolls)


@given(moments, any_kind, numbers, st.booleans())
def test_nothing_is_due_before_it_begins(
    start: datetime, kind: str, number: int, rolls: bool
) -> None:
    assert counted(start, kind.format(number), rolls=rolls).at >= start


@given(moments, any_kind, numbers, numbers, st.booleans())
def test_a_longer_limit_is_never_due_earlier(
    start: datetime, kind: str, number: int, more: int, rolls: bool
) -> None:
    shorter = counted(start, kind.format(number), rolls=rolls)
    assert counted(start, kind.format(number + more), rolls=rolls).at >= shorter.at


@given(known_moments, st.sampled_from(["P{}D", "P{}WD"]), numbers)
def test_a_last_day_that_rolls_is_worked(start: datetime, kind: str, number: int) -> None:
    found = counted(start, kind.format(number))
    assert not found.provisional
    assert CHINA.day(found.day).works


@given(moments, st.integers(0, 999), st.integers(0, 59), st.integers(1, 59))
def test_hours_are_exact(start: datetime, hours: int, minutes: int, seconds: int) -> None:
    found = counted(start, f"PT{hours}H{minutes}M{seconds}S")
    assert found.at.astimezone(UTC) - start.astimezone(UTC) == timedelta(
        hours=hours, minutes=minutes, seconds=seconds
    )


@given(moments, st.times(), dated, numbers, st.booleans())
def test_the_time_of_day_does_not_matter_to_days(
    start: datetime, other: object, kind: str, number: int, rolls: bool
) -> None:
    same_day = datetime.combine(start.date(), other, TZ)  # type: ignore[arg-type]
    one = counted(start, kind.format(number), rolls=rolls)
    assert counted(same_day, kind.format(number), rolls=rolls).at == one.at


@given(known_moments, numbers)
def test_working_days_counted_a_second_way(start: datetime, number: int) -> None:
    """The due day is worked, and so many worked days lie after the start up to it."""
    found = counted(start, f"P{number}WD").day
    days = [start.date() + n * ONE_DAY for n in range(1, (found - start.date()).days + 1)]
    assert sum(CHINA.day(day).works for day in days) == number
    assert CHINA.day(found).works


@given(known_moments, st.integers(1, 40), st.booleans())
def test_months_counted_a_second_way(start: datetime, months: int, rolls: bool) -> None:
    """In the month so many further on, on the same day unless that month is too short."""
    found = counted(start, f"P{months}M", rolls=False).day
    assert (found.year - start.year) * 12 + found.month - start.month == months
    if found.day != start.day:
        assert found.day < start.day
        assert (found + ONE_DAY).day == 1
    assert counted(start, f"P{months}M", rolls=rolls).day >= found


@given(moments, any_kind, numbers, numbers)
def test_an_extension_never_shortens(start: datetime, kind: str, number: int, more: int) -> None:
    before = counted(start, kind.format(number))
    assert extend(before, Period.parse(kind.format(more)), CHINA).at >= before.at


@given(moments, numbers, st.integers(0, 100), st.integers(0, 100))
def test_a_suspension_adds_exactly_the_days_lost(
    start: datetime, number: int, after: int, lasting: int
) -> None:
    assume(after < number)
    before = counted(start, f"P{number}D", rolls=False)
    since, until = start + timedelta(days=after), start + timedelta(days=after + lasting)
    assert suspend(before, since, until, CHINA).day == before.day + timedelta(days=lasting)


@given(moments, st.integers(2, 99), st.integers(0, 7000), st.integers(0, 99999))
def test_a_suspension_adds_exactly_the_time_lost(
    start: datetime, hours: int, after: int, lasting: int
) -> None:
    before = counted(start, f"PT{hours}H")
    since = start + timedelta(seconds=after)
    until = since + timedelta(seconds=lasting)
    assert suspend(before, since, until, CHINA).at == before.at + timedelta(seconds=lasting)


@given(moments, any_kind, numbers, st.integers(0, 60), st.integers(0, 60))
def test_a_suspension_never_shortens(
    start: datetime, kind: str, number: int, after: int, lasting: int
) -> None:
    before = counted(start, kind.format(number))
    since, until = start + timedelta(days=after), start + timedelta(days=after + lasting)
    assert suspend(before, since, until, CHINA).at >= before.at


@given(st.dates(date(2020, 1, 1), date(2027, 6, 30)), numbers, st.booleans())
def test_the_last_step_says_what_is_due(start: date, number: int, rolls: bool) -> None:
    found = counted(
        datetime(start.year, start.month, start.day, tzinfo=TZ), f"P{number}D", rolls=rolls
    )
    assert found.steps[0].facts["on"] == start.isoformat()
    assert found.steps[-1].facts["last"] == found.day.isoformat()


@given(known_moments, st.sampled_from(["P{}D", "P{}WD"]), st.integers(1, 30))
def test_counted_back_and_counted_on_meet(planned: datetime, kind: str, number: int) -> None:
    """From the last day for a notice, the whole limit is full by what is planned, and from the next
    (the next that is worked) it is not: walked on by the other route."""
    period = Period.parse(kind.format(number))
    counts = "working" if period.working_days else "calendar"
    found = due(
        planned, period, counts=counts, rolls=False, calendar=CHINA, tz=TZ, backwards=True
    )  # fmt: skip
    unit = "WD" if period.working_days else "D"
    assert walked(found.day, number, unit, rolls=False) <= planned.date()
    following = walked(found.day, 1, unit, rolls=False)
    assert walked(following, number, unit, rolls=False) > planned.date()


@pytest.mark.parametrize("more", [{"extended_by": [Period.parse("P1D")]}, {"rolls": True}])
def test_what_is_counted_backwards_never_moves_towards_what_is_planned(
    more: dict[str, object],
) -> None:
    start, limit = datetime(2026, 9, 1, tzinfo=TZ), Period.parse("P7D")
    rules: dict[str, object] = {"counts": "calendar", "rolls": False, "backwards": True, **more}
    with pytest.raises(PeriodError):
        due(start, limit, calendar=CHINA, tz=TZ, **rules)  # type: ignore[arg-type]
