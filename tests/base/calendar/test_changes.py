"""Extensions and suspensions: what they add, and that they add no more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongzhi.base.calendar.counting import Counting, Suspension
from gongzhi.base.calendar.due import extend, reckon, resume, suspend
from gongzhi.base.calendar.periods import Period, PeriodError
from gongzhi.base.calendar.steps import steps_as_json, steps_from_json
from gongzhi.base.calendar.workdays import Name, state_council
from tests.base.calendar.counted import CHINA, count, local

APPRAISAL = Name("鉴定", "appraisal")


def test_thirty_days_twice_are_sixty() -> None:
    once = extend(count("2026-03-02", "P30D"), Period(days=30), CHINA)
    assert once.day == count("2026-03-02", "P60D").day
    assert extend(once, Period(days=30), CHINA).day == count("2026-03-02", "P90D").day


def test_an_extension_counts_from_the_end_before_rolling() -> None:
    """30 days end on 1 October and would roll to the 8th; 35 end on the 6th and do so, too."""
    assert count("2026-09-01", "P30D").day == date(2026, 10, 8)
    assert extend(count("2026-09-01", "P30D"), Period(days=5), CHINA).day == date(2026, 10, 8)


def test_months_are_extended_by_months() -> None:
    longer = extend(count("2026-01-31", "P1M", rolls=False), Period(months=1), CHINA)
    assert longer.day == date(2026, 3, 31)


def test_working_days_are_extended_by_working_days() -> None:
    assert extend(count("2026-11-20", "P5WD"), Period(days=5), CHINA).day == date(2026, 12, 4)


def test_hours_are_extended_by_hours() -> None:
    longer = extend(count("2026-11-20 08:15", "PT8H"), Period(hours=16), CHINA)
    assert longer.at == local("2026-11-21 08:15")


def test_hours_are_not_extended_by_days() -> None:
    with pytest.raises(PeriodError):
        extend(count("2026-11-20 08:15", "PT8H"), Period(days=1), CHINA)


def test_what_has_no_length_is_not_extended() -> None:
    with pytest.raises(PeriodError, match="no length"):
        extend(count("2026-11-20", "PROMPT"), Period(hours=1), CHINA)


def test_an_appraisal_of_ten_days_adds_ten() -> None:
    before = count("2026-03-02", "P30D", rolls=False)
    after = suspend(before, local("2026-03-10 09:00"), local("2026-03-20 17:00"), CHINA)
    assert before.day is not None
    assert after.day == before.day + timedelta(days=10)


def test_overlapping_suspensions_count_once() -> None:
    before = count("2026-03-02", "P30D", rolls=False)
    once = suspend(before, local("2026-03-10"), local("2026-03-20"), CHINA)
    twice = suspend(once, local("2026-03-15"), local("2026-03-22"), CHINA)
    assert before.day is not None
    assert twice.day == before.day + timedelta(days=12)
    assert [s.facts["days"] for s in twice.steps if s.code == "suspended"] == [10, 2]


def test_a_suspension_within_a_day_adds_none() -> None:
    before = count("2026-03-02", "P30D")
    assert suspend(before, local("2026-03-10 09:00"), local("2026-03-10 18:00"), CHINA) != before
    assert (
        suspend(before, local("2026-03-10 09:00"), local("2026-03-10 18:00"), CHINA).at == before.at
    )


def test_working_days_in_a_suspension_are_added() -> None:
    """Friday to Wednesday takes three working days; the weekend was free anyway."""
    after = suspend(
        count("2026-11-16", "P5WD"), local("2026-11-20 10:00"), local("2026-11-25 10:00"), CHINA
    )
    assert count("2026-11-16", "P5WD").day == date(2026, 11, 23)
    assert after.day == date(2026, 11, 26)


def test_hours_stand_still_to_the_second() -> None:
    since, until = local("2026-11-20 10:00:07"), local("2026-11-20 12:00:37")
    after = suspend(count("2026-11-20 08:00", "PT24H"), since, until, CHINA)
    assert after.at == local("2026-11-21 10:00:30")


def test_a_suspension_before_the_start_takes_only_what_lies_after_it() -> None:
    after = suspend(
        count("2026-11-20 08:00", "PT24H"),
        local("2026-11-20 06:00"),
        local("2026-11-20 09:00"),
        CHINA,
    )
    assert after.at == local("2026-11-21 09:00")


def test_a_suspension_after_the_end_changes_nothing() -> None:
    for limit in ("P30D", "P5WD", "PT24H"):
        before = count("2026-03-02", limit)
        after = suspend(before, local("2026-06-10"), local("2026-06-20"), CHINA)
        assert after.at == before.at
        assert suspend(before, local("2026-06-10"), None, CHINA).at == before.at


@pytest.mark.parametrize("limit", ["P30D", "P5WD", "PT240H", "P1M"])
def test_while_it_lasts_nothing_falls_due_and_afterwards_it_does(limit: str) -> None:
    before = count("2026-03-02", limit)
    open_one = suspend(before, local("2026-03-04 10:00"), None, CHINA, name=APPRAISAL)
    assert open_one.at is None
    assert [step.code for step in open_one.steps][-1] == "stopped"
    closed = resume(open_one, local("2026-03-09 11:00"), CHINA)
    straight = suspend(
        before, local("2026-03-04 10:00"), local("2026-03-09 11:00"), CHINA, name=APPRAISAL
    )
    assert closed == straight


def test_only_what_is_suspended_can_be_resumed() -> None:
    with pytest.raises(ValueError, match="nothing is suspended"):
        resume(count("2026-03-02", "P30D"), local("2026-03-09"), CHINA)


def test_a_suspension_does_not_end_before_it_began() -> None:
    with pytest.raises(ValueError, match="before it began"):
        Suspension(local("2026-03-09"), local("2026-03-08"))


def test_a_counting_can_be_stored_and_counted_again_with_a_newer_calendar() -> None:
    before = suspend(
        extend(count("2026-12-18", "P5WD"), Period(working_days=5), CHINA),
        local("2026-12-21 10:00"), local("2026-12-22 10:00"), CHINA, name=APPRAISAL,
    )  # fmt: skip
    assert before.provisional
    stored = Counting.from_json(before.counting.as_json())
    assert stored == before.counting
    assert reckon(stored, CHINA) == before
    assert reckon(stored, state_council(until=2025)).day == before.day


def test_the_steps_can_be_stored() -> None:
    import json

    steps = count("2026-02-13", "P5WD").steps
    assert steps_from_json(json.loads(json.dumps(steps_as_json(steps)))) == steps
