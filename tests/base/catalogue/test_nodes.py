"""Kinds of nodes as a planner writes them: what ships holds, and what is wrong is said."""

from __future__ import annotations

from datetime import UTC, date
from pathlib import Path

import pytest

from gongzhi.base.catalogue.load import catalogue
from tests.base.catalogue.test_run_cards import fault


def hours(code: str, day: date) -> list[str]:
    found = catalogue().nodes[code].spans(day, catalogue().calendar, UTC)
    return [f"{one.begins:%H:%M}-{one.ends:%H:%M}" for one in found]


def test_a_school_is_visited_on_school_days_by_the_county_s_calendar() -> None:
    assert len(hours("school_gate", date(2026, 9, 10))) == 2
    assert hours("school_gate", date(2026, 9, 12)) == []
    assert len(hours("school_gate", date(2026, 10, 10))) == 2, "a Saturday that is worked"
    assert hours("school_gate", date(2026, 7, 15)) == [], "holidays"
    assert hours("school_gate", date(2027, 1, 25)) == [], "holidays over the turn of the year"


def test_hours_after_midnight_belong_to_the_evening_before() -> None:
    spans = catalogue().nodes["night_street"].spans(date(2026, 9, 11), catalogue().calendar, UTC)
    assert [(one.begins.day, one.ends.day, one.visits) for one in spans] == [(11, 12, 2)]


def test_every_visit_to_a_hot_spot_takes_ten_to_sixteen_minutes() -> None:
    kind = catalogue().nodes["hot_spot"]
    assert (kind.least, kind.most) == (10, 16)


@pytest.mark.parametrize(("code", "old", "new", "said"), [
    ("pier", 'places = ["pier"]', "", "places 和 drawn"),
    ("pier", "minutes = 12", "minutes = 50", "从小到大"),
    ("pier", '"07:00-09:30"', '"07:00-10:30"', "例子第 1 条"),
    ("school_gate", '["workday"]', '["holiday"]', "windows"),
    ("school_gate", 'first = "01-20"', 'first = "13-20"', "pauses"),
    ("pier", "begins = 07:00:00", "begins = 7", "windows"),
])  # fmt: skip
def test_a_kind_that_can_not_be_meant_is_refused(
    tmp_path: Path, code: str, old: str, new: str, said: str
) -> None:
    assert said in fault(tmp_path, old, new, code, "nodes")
