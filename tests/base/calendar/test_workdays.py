"""Which days are worked, and how far ahead that is known."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from gongzhi.base.calendar.workdays import certain_until, first_published, state_council, weekends
from gongzhi.base.catalogue.kinds.calendar import CalendarFile

CHINA = state_council(until=2026)
CHINESE = {"zh": "春节", "en": "Spring Festival"}


def county(**fields: object) -> CalendarFile:
    """A calendar file as TOML would give it."""
    name = {"zh": "本县", "en": "This county"}
    return CalendarFile.model_validate(
        {"code": "county", "name": name, "source": "state_council", **fields}
    )


def notice(year: int = 2027, **fields: object) -> dict[str, object]:
    holidays = [{"name": CHINESE, "first": date(2027, 2, 5), "last": date(2027, 2, 12)}]
    title = {"zh": "放假安排", "en": "Holidays"}
    return {"year": year, "title": title, "holidays": holidays, **fields}


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # a Saturday made up for
        (date(2026, 2, 16), False),
        (date(2026, 9, 20), True),  # a Sunday made up for
        (date(2026, 10, 1), False),
        (date(2026, 11, 24), True),
        (date(2026, 11, 22), False),
        (date(2011, 12, 31), True),  # moved by the notice for 2012
    ],
)
def test_the_notices_decide(day: date, works: bool) -> None:
    assert CHINA.day(day).works is works
    assert CHINA.day(day).known


def test_a_holiday_has_its_name() -> None:
    name = CHINA.day(date(2026, 2, 16)).name
    assert name is not None
    assert (name.zh, name.en) == ("春节", "Spring Festival")
    assert CHINA.day(date(2026, 11, 22)).name is None


def test_beyond_the_last_notice_weekends_rule_and_nothing_is_certain() -> None:
    assert CHINA.day(date(2027, 1, 8)) == weekends().day(date(2027, 1, 8)).__class__(True, False)
    assert not CHINA.day(date(2027, 1, 9)).works
    assert not CHINA.day(date(2027, 1, 9)).known


def test_the_last_week_of_a_year_waits_for_the_next_notice() -> None:
    assert CHINA.day(date(2026, 12, 24)).known
    assert not CHINA.day(date(2026, 12, 29)).known


def test_before_the_first_notice_nothing_is_certain_either() -> None:
    assert not CHINA.day(date(1999, 5, 3)).known
    assert CHINA.day(first_published()).known


def test_weekends_alone_are_certain_for_ever() -> None:
    assert weekends().day(date(2090, 1, 2)).known
    assert weekends().day(date(2026, 2, 16)).works


def test_a_county_enters_the_next_notice_itself() -> None:
    calendar = county(notices=[notice(workdays=[date(2027, 2, 20)])]).calendar()
    assert not calendar.day(date(2027, 2, 8)).works
    assert calendar.day(date(2027, 2, 20)).works
    assert calendar.day(date(2027, 2, 20)).known
    assert calendar.known_until == certain_until(2027)


def test_a_county_has_holidays_of_its_own() -> None:
    festival = {"zh": "三月三", "en": "San Yue San"}
    day = date(2026, 4, 20)
    calendar = county(holidays=[{"name": festival, "first": day, "last": day}]).calendar()
    assert not calendar.day(day).works
    assert calendar.day(day).known


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"notices": [notice(2028)]}, "not in 2028"),
        ({"notices": [notice(), notice()]}, "only once"),
        ({"notices": [notice(workdays=[date(2027, 2, 17)])]}, "weekend day"),
        ({"notices": [notice(workdays=[date(2027, 2, 6)])]}, "weekend day"),
        ({"source": "weekends", "notices": [notice()]}, "state_council"),
        ({"source": "lunar"}, "state_council"),
        ({"holidays": [{"name": CHINESE, "first": date(2027, 2, 5), "last": date(2027, 2, 1)}]},
         "last"),
        ({"known_till": date(2027, 1, 1)}, "known_till"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_naming_the_key(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        county(**fields)


def test_no_year_is_left_out() -> None:
    later = notice(2029)
    later["holidays"] = [{"name": CHINESE, "first": date(2029, 2, 12), "last": date(2029, 2, 18)}]
    with pytest.raises(ValidationError, match="missing before 2029"):
        county(notices=[later])
