"""A phone's time, set right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gongzhi.base.log.phone_time import (
    Moment,
    PhoneTime,
    of_milliseconds,
    set_right,
    span_of_milliseconds,
)

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize("wrong", [timedelta(), DAY, -DAY, timedelta(days=-3650)])
def test_however_wrong_the_clock_is_the_time_comes_out_right(wrong: timedelta) -> None:
    phone = NOW - wrong
    measured = PhoneTime(phone - HOUR, phone, wrong)
    assert set_right(measured, NOW) == Moment(NOW - HOUR)
    assert set_right(PhoneTime(phone - HOUR, phone), NOW) == Moment(NOW - HOUR)


def test_a_clock_set_right_meanwhile_is_uncertain() -> None:
    assert set_right(PhoneTime(NOW - DAY - HOUR, NOW, DAY), NOW) == Moment(NOW - HOUR, True)


def test_a_time_that_nothing_is_known_of_is_uncertain() -> None:
    assert set_right(PhoneTime(NOW), NOW).uncertain


@pytest.mark.parametrize(
    ("at", "comes_out"),
    [
        (NOW - HOUR, Moment(NOW - HOUR)),
        (NOW + timedelta(seconds=20), Moment(NOW)),
        (NOW + HOUR, Moment(NOW, True)),
        (NOW - DAY, Moment(NOW - 2 * HOUR, True)),
    ],
)
def test_what_can_not_have_been_is_moved_to_what_can(at: datetime, comes_out: Moment) -> None:
    assert Moment(at).between(NOW - 2 * HOUR, NOW) == comes_out


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1e400", "-1e300", None])
def test_what_is_no_time_is_none(text: object) -> None:
    assert of_milliseconds(text) is None
    assert span_of_milliseconds(text) is None


def test_milliseconds_are_read() -> None:
    assert of_milliseconds(str(NOW.timestamp() * 1000)) == NOW
    assert span_of_milliseconds("-1500") == timedelta(seconds=-1.5)
