"""What changed with the neighbours taken in: as published, and never more sure than it may be."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from gongzhi.analysis.evaluation import AFTER, BEFORE, Verdict, displaced, weighed


def test_the_published_example() -> None:
    """Wheeler and Ratcliffe 2018: 118 fewer, standard error √1568, z −2.98, −196 to −40."""
    found = displaced((207, 110), (308, 318), (178, 157), (150, 140))
    assert found.whole == -118
    assert (found.area, found.ring) == (-107, -11)
    assert found.error == pytest.approx(sqrt(1568))
    assert found.whole / found.error == pytest.approx(-2.98, abs=0.005)
    assert (round(found.low), round(found.high)) == (-196, -40)
    assert found.verdict is Verdict.FEWER
    assert found.can_tell


def test_what_only_moved_next_door_is_no_gain() -> None:
    alone = displaced((100, 50), (100, 100))
    moved = displaced((100, 50), (100, 100), (100, 150), (100, 100))
    assert alone.verdict is Verdict.FEWER
    assert (moved.whole, moved.verdict, moved.can_tell) == (0, Verdict.UNCLEAR, False)


def test_a_change_that_chance_makes_cannot_be_told() -> None:
    found = displaced((10, 7), (10, 9))
    assert found.verdict is Verdict.UNCLEAR
    assert found.could_see > abs(found.whole)


def test_a_handful_says_nothing() -> None:
    assert displaced((4, 0), (0, 3)).verdict is Verdict.TOO_FEW


def test_phases_of_different_length_and_a_larger_comparison_are_made_alike() -> None:
    half = displaced((100, 30), (300, 150), lengths=(10, 5), sizes=(3, 1))
    assert half.whole == pytest.approx((60 - 100) - (300 - 300) / 3)
    assert half.error == pytest.approx(sqrt(30 * 4 + 100 + (150 * 4 + 300) / 9))


def test_counts_that_scatter_more_widen_it() -> None:
    narrow, wide = (displaced((99, 60), (99, 99), dispersion=one) for one in (1.0, 4.0))
    assert wide.error == pytest.approx(2 * narrow.error)
    assert (narrow.verdict, wide.verdict) == (Verdict.FEWER, Verdict.UNCLEAR)


def test_without_any_effect_the_interval_is_wrong_once_in_twenty() -> None:
    draw = np.random.default_rng(1)
    told = [
        displaced(*(tuple(draw.poisson(mean, 2).tolist()) for mean in (40, 90, 60, 70))).can_tell
        for _ in range(2000)
    ]
    assert 0.035 < np.mean(told) < 0.065


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": (-1, 2)}, {"lengths": (1.0, 0.0)}, {"sizes": (0.0, 1.0)},
        {"ring": (3, 4)}, {"level": 1.0},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"below 0|of its own"):
        displaced(**{"area": (10, 5), "comparison": (10, 10), **wrong})  # type: ignore[arg-type]


def weeks(dice: np.random.Generator, rate: float, after: float = 1.0) -> list[int]:
    """Twenty weeks before and ten after, by chance."""
    return [*dice.poisson(rate, 20).tolist(), *dice.poisson(rate * after, 10).tolist()]


PHASE = [BEFORE] * 20 + [AFTER] * 10


def test_where_nothing_changed_it_can_be_told_one_time_in_twenty() -> None:
    """Also where the area is far busier than what it is compared with, and a season halves all."""
    dice, told = np.random.default_rng(11), 0
    for _ in range(400):
        rows = [weeks(dice, rate, 0.5) for rate in (8.0, 3.0, 20.0, 6.0)]
        found = weighed(*rows, PHASE)
        assert found is not None
        told += found.whole.can_tell
    assert told <= 0.08 * 400


def test_it_is_told_in_events_of_the_time_after() -> None:
    """Four a week became two, for ten weeks: twenty fewer."""
    rows = [[4] * 20 + [2] * 10, [8] * 30, [1] * 30, [2] * 30]
    found = weighed(*rows, PHASE)
    assert found is not None
    assert found.area.whole == pytest.approx(-20)
    assert found.ring is not None
    assert found.ring.whole == pytest.approx(0)
    assert found.whole.whole == pytest.approx(-20)
    assert found.sums == ((80, 20), (160, 80), (20, 10), (40, 20))


def test_what_moved_next_door_is_taken_in() -> None:
    rows = [[4] * 20 + [2] * 10, [8] * 30, [4] * 20 + [6] * 10, [8] * 30]
    found = weighed(*rows, PHASE)
    assert found is not None
    assert found.area.verdict is Verdict.FEWER
    assert found.whole.whole == pytest.approx(0)
    assert not found.whole.can_tell


def test_without_weeks_or_a_comparison_nothing_is_said() -> None:
    assert weighed([4] * 20, [4] * 20, [0] * 20, [0] * 20, [BEFORE] * 20) is None
    assert weighed([4] * 30, [0] * 30, [0] * 30, [0] * 30, PHASE) is None
