"""Periods: what can be written, what they mean, and what is refused with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.calendar.periods import Period, PeriodError, total


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P30D", Period(days=30)),
        ("P1M", Period(months=1)),
        ("P1M15D", Period(months=1, days=15)),
        ("P2Y", Period(months=24)),
        ("P2W", Period(days=14)),
        ("P5WD", Period(working_days=5)),
        ("PT24H", Period(hours=24)),
        ("PT1H30M", Period(hours=1, minutes=30)),
        ("PT15S", Period(seconds=15)),
        ("IMMEDIATE", Period(word="IMMEDIATE")),
        ("PROMPT", Period(word="PROMPT")),
        ("CONTINUOUS", Period(word="CONTINUOUS")),
        ("PERMANENT", Period(word="PERMANENT")),
    ],
)
def test_what_statutes_say_can_be_written(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "", "P", "PT", "P1", "30D", "P-3D", "P1.5D", "P1DT", "P３D", "p3d", " P3D", "P3D\n", "P3DW",
        "P5WDT1H", "RATE300", "immediate", "P1DT12H", "P0D", "PT0S", "P0WD", "P101Y", "P99999M",
        "P999999D", "P3D" * 500,
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        Period.parse(text)
    assert len(str(refusal.value)) < 250
    assert "period" in str(refusal.value)


def test_days_and_hours_do_not_mix() -> None:
    with pytest.raises(PeriodError, match="PT36H"):
        Period(days=1, hours=12)
    with pytest.raises(PeriodError):
        Period(days=1) + Period(hours=12)


def test_a_word_has_no_length_to_add_to() -> None:
    with pytest.raises(PeriodError, match="IMMEDIATE"):
        Period(word="IMMEDIATE") + Period(days=1)


def test_days_can_be_read_as_working_days() -> None:
    assert Period.parse("P5D").in_working_days() == Period(working_days=5)
    for text in ("P1M", "PT5H"):
        with pytest.raises(PeriodError):
            Period.parse(text).in_working_days()


dates = st.builds(
    Period, months=st.integers(0, 24), days=st.integers(1, 400), working_days=st.just(0)
)
hours = st.builds(
    Period, hours=st.integers(0, 99), minutes=st.integers(0, 999), seconds=st.integers(1, 99)
)
working = st.builds(Period, working_days=st.integers(1, 999))


@given(st.one_of(dates, hours, working))
def test_written_and_read_again_it_is_the_same(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(st.lists(dates, min_size=1, max_size=5), st.randoms())
def test_the_order_of_adding_does_not_matter(periods: list[Period], random: object) -> None:
    shuffled = list(periods)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert total(periods) == total(shuffled)
