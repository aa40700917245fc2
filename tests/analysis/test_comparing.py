"""Before and after is told honestly: beside what came elsewhere, and how unsure it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.evaluation import AFTER, BEFORE, LEFT_OUT, Compared, Verdict, compare, phases

WEEKS = 24
HALVES = [BEFORE] * WEEKS + [AFTER] * WEEKS


def world(
    seed: int, *, effect: float = 1.0, mean: float = 3.0, wide: float = 1.0, areas: int = 4
) -> tuple[Any, Any, Any]:
    """Counts of the area, its comparison areas and its ring over a year that has a season, too."""
    dice = np.random.default_rng(seed)
    season = 1 + 0.5 * np.sin(np.arange(2 * WEEKS) / 8)
    changed = np.where(np.arange(2 * WEEKS) < WEEKS, 1.0, effect)

    def drawn(level: Any) -> Any:
        if wide == 1:
            return dice.poisson(level)
        return dice.negative_binomial(level / (wide - 1), 1 / wide)

    others = np.stack([drawn(mean * dice.uniform(0.7, 1.5) * season) for _ in range(areas)])
    return drawn(mean * season * changed), others, drawn(2 * mean * season)


def compared(seed: int, **about: Any) -> Compared:
    area, others, ring = world(seed, **about)
    return compare(area, others, HALVES, ring=ring)


@pytest.mark.parametrize(("wide", "areas"), [(1.0, 4), (2.0, 4), (2.0, 1), (3.0, 2)])
def test_where_nothing_changed_the_interval_has_none_in_95_of_100(wide: float, areas: int) -> None:
    found = [compared(seed, wide=wide, areas=areas).change for seed in range(400)]
    holds = np.mean([one.low <= 1 <= one.high for one in found if one])
    assert 0.925 <= holds <= 0.99  # 95 of 100, and what 400 worlds may be off


def test_what_moves_all_areas_alike_is_no_change() -> None:
    area, others, _ring = world(1)
    twice = np.where(np.array(HALVES) == AFTER, 3, 1)
    calm, busy = compare(area, others, HALVES), compare(area * twice, others * twice, HALVES)
    assert calm.change
    assert busy.change
    assert busy.change.ratio == pytest.approx(calm.change.ratio)
    assert busy.verdict == calm.verdict == Verdict.UNCLEAR


def test_a_change_that_could_be_seen_is_seen_four_times_in_five() -> None:
    least = np.median([one.could_see for seed in range(40) if (one := compared(seed).change)])
    found = [compared(seed, effect=1 - float(least)).verdict for seed in range(300)]
    assert 0.7 <= np.mean([one == Verdict.FEWER for one in found]) <= 0.92


def test_half_as_many_is_told_as_half_as_many() -> None:
    ratios = [one.ratio for seed in range(100) if (one := compared(seed, effect=0.5).change)]
    assert np.mean(ratios) == pytest.approx(0.5, abs=0.03)
    assert compared(3, effect=2.5).verdict == Verdict.MORE


def test_uneven_weeks_make_it_less_sure() -> None:
    even = np.full(2 * WEEKS, 4)
    uneven = np.where(np.arange(2 * WEEKS) % 4 == 0, 16, 0)
    others = np.full((1, 2 * WEEKS), 8)
    calm, wild = compare(even, others, HALVES), compare(uneven, others, HALVES)
    assert calm.before == wild.before
    assert calm.dispersion == 1
    assert wild.dispersion > 4
    assert calm.change
    assert wild.change
    assert wild.change.high > calm.change.high
    assert wild.change.could_see > calm.change.could_see


def test_comparison_areas_that_go_apart_make_it_less_sure() -> None:
    own, half = np.full(2 * WEEKS, 4), np.array(HALVES) == AFTER
    apart = np.stack([np.where(half, 8, 4), np.where(half, 4, 8), np.where(half, 1, 6)])
    assert (
        compare(own, apart, HALVES).dispersion > 5 > 2 > compare(own, apart[:1], HALVES).dispersion
    )


def test_too_few_say_nothing() -> None:
    many = np.full((2, 2 * WEEKS), 5)
    assert compare(np.arange(2 * WEEKS) % 6 == 0, many, HALVES).verdict == Verdict.TOO_FEW
    short = [*HALVES[: WEEKS + 3], *[LEFT_OUT] * (WEEKS - 3)]
    assert compare(many[0], many, short).verdict == Verdict.TOO_FEW
    assert compare(many[0], [], HALVES).verdict == Verdict.TOO_FEW
    assert compare([], [], []).verdict == Verdict.TOO_FEW


def test_none_at_all_afterwards_still_has_an_interval() -> None:
    own = np.where(np.array(HALVES) == AFTER, 0, 3)
    found = compare(own, np.full((2, 2 * WEEKS), 5), HALVES)
    assert found.change
    assert 0 < found.change.low < found.change.ratio < found.change.high < 0.2
    assert found.verdict == Verdict.FEWER


def test_what_moved_next_door_is_told() -> None:
    half = np.array(HALVES) == AFTER
    own, others = np.where(half, 2, 8), np.full((1, 2 * WEEKS), 20)
    moved = compare(own, others, HALVES, ring=np.where(half, 14, 8))
    spread = compare(own, others, HALVES, ring=np.where(half, 4, 8))
    assert moved.quotient == pytest.approx(-1)  # as many came next door as went here
    assert spread.quotient == pytest.approx(4 / 6)
    assert moved.ring
    assert moved.ring.verdict == Verdict.MORE
    assert spread.ring
    assert spread.ring.verdict == Verdict.FEWER
    grown = compare(np.where(half, 9, 8), others, HALVES, ring=own)
    assert grown.quotient is None  # nothing fell, so nothing can have moved


def test_weeks_of_the_rise_that_rang_are_left_out() -> None:
    """A rise rings because it is high. Taken for "before", what is chance looks like success."""

    weeks = [7 * week for week in range(2 * WEEKS)]

    def told(seed: int, *, honest: bool) -> float:
        area, others, _ring = world(seed)
        top = int(np.argmax(area[:WEEKS]))
        if honest:
            when = phases(weeks, rise=(7 * top, 7 * top + 6), begun=7 * WEEKS, until=14 * WEEKS)
        else:  # the highest week and some beside it
            near = [abs(week - top) <= 2 for week in range(WEEKS)]
            when = [BEFORE if one else LEFT_OUT for one in near] + HALVES[WEEKS:]
        change = compare(area, others, when).change
        return float(np.log(change.ratio)) if change else 0.0

    assert np.mean([told(seed, honest=False) for seed in range(100)]) < -0.1
    assert 0 <= np.mean([told(seed, honest=True) for seed in range(100)]) < 0.12


def test_weeks_fall_before_after_or_out() -> None:
    weeks = [0, 7, 14, 21, 28, 35, 42]
    assert phases(weeks, rise=(13, 15), begun=24, until=44) == [
        BEFORE, LEFT_OUT, LEFT_OUT, LEFT_OUT, AFTER, AFTER, LEFT_OUT,
    ]  # fmt: skip
    assert phases(weeks, rise=None, begun=21, until=48)[3] == AFTER


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=20, max_size=20), st.integers(0, 10**6))
def test_counted_backwards_it_is_the_other_way_round(own: list[int], seed: int) -> None:
    other = np.random.default_rng(seed).poisson(9, (2, 20))
    when = [BEFORE] * 10 + [AFTER] * 10
    there, back = compare(own, other, when), compare(own[::-1], other[:, ::-1], when)
    assert there.dispersion == pytest.approx(back.dispersion)
    if there.change and back.change:
        assert there.change.ratio == pytest.approx(1 / back.change.ratio)
        assert there.change.low == pytest.approx(1 / back.change.high)
        assert there.change.low <= there.change.ratio <= there.change.high


def test_counts_that_dont_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        compare([-1], [[1]], [0])
    with pytest.raises(ValueError, match="phases"):
        compare([1, 2], [[1, 2]], [0])
    with pytest.raises(ValueError, match="ring"):
        compare([1, 2], [[1, 2]], [0, 1], ring=[1])
