"""A rise is found where and when it is; chance, seasons and busy places ring seldom or never."""

from __future__ import annotations

from typing import Any

import h3.api.basic_int as h3
import numpy as np
import pytest

from gongzhi.analysis.hotspots import Rise, rises

DAYS = 180
TODAY = DAYS - 1
MIDDLE = int(h3.latlng_to_cell(30.25, 122.2, 8))
AREA = sorted(h3.grid_disk(MIDDLE, 5))
"""91 cells."""


def county(seed: int, many: int = 400) -> tuple[Any, Any]:
    """Days and cells that have nothing to do with each other: busy places, a season, weekends."""
    dice = np.random.default_rng(seed)
    place = dice.lognormal(0, 1, len(AREA))
    when = (1 + 0.6 * np.sin(np.arange(DAYS) / 30)) * np.where(np.arange(DAYS) % 7 > 4, 1.8, 1)
    day = dice.choice(DAYS, many, p=when / when.sum())
    return day, np.array(AREA)[dice.choice(len(AREA), many, p=place / place.sum())]


def planted(seed: int, extra: int = 24, days: int = 10) -> tuple[Any, Any]:
    """The same, with `extra` in the last `days` days in seven cells in the middle."""
    day, cell = county(seed)
    dice = np.random.default_rng(seed + 10_000)
    here = np.array(sorted(h3.grid_disk(MIDDLE, 1)))
    return (
        np.concatenate([day, dice.integers(DAYS - days, DAYS, extra)]),
        np.concatenate([cell, dice.choice(here, extra)]),
    )


def first(day: Any, cell: Any, **how: Any) -> Rise:
    return rises(day, cell, today=TODAY, **how)[0]


def test_a_rise_is_found_with_its_cells_and_days() -> None:
    for seed in range(5):
        found = first(*planted(seed))
        here = set(h3.grid_disk(MIDDLE, 1))
        assert found.chance < 0.001
        assert len(here & set(found.cells)) >= 5
        assert len(set(found.cells) - here) <= 3
        assert 8 <= found.days <= 13
        assert found.seen >= 18
        assert found.ratio > 3
        assert found.false_alarm_days > 1000


def test_what_was_seen_and_expected_is_what_one_counts() -> None:
    day, cell = planted(1)
    found = first(day, cell)
    late, here = day > TODAY - found.days, np.isin(cell, found.cells)
    assert found.seen == (late & here).sum()
    assert found.expected == pytest.approx(late.sum() * here.sum() / len(day))


def test_of_a_hundred_days_of_chance_at_most_five_are_so_sure() -> None:
    worlds = 120
    chances = [
        first(*county(seed), permutations=99, seed=seed).chance for seed in range(worlds)
    ]  # fmt: skip
    margin = 2.6 * (worlds * 0.05 * 0.95) ** 0.5
    assert sum(one <= 0.05 for one in chances) <= worlds * 0.05 + margin
    assert sum(one <= 0.5 for one in chances) > worlds * 0.3  # and it isn't blind


def test_a_month_in_which_everybody_has_many_is_no_rise() -> None:
    day, cell = county(3)
    late = np.random.default_rng(1).choice(cell, 400)
    day = np.concatenate([day, np.random.default_rng(2).integers(DAYS - 12, DAYS, 400)])
    assert first(day, np.concatenate([cell, late])).chance > 0.05


def test_a_place_that_always_has_many_is_no_rise() -> None:
    day, cell = county(4)
    more = np.random.default_rng(1).choice(day, 150)
    assert first(np.concatenate([day, more]), np.append(cell, [MIDDLE] * 150)).chance > 0.05


def test_a_rise_that_is_over_does_not_ring() -> None:
    day, cell = planted(2, days=5)
    for past in rises(day, cell, today=TODAY + 40):
        assert past.chance > 0.001


def test_two_rises_share_no_cell() -> None:
    day, cell = planted(5)
    far = max(AREA, key=lambda one: h3.grid_distance(one, MIDDLE))
    day = np.concatenate([day, np.arange(DAYS - 10, DAYS)])
    found = rises(day, np.append(cell, [far] * 10), today=TODAY)
    assert found[0].chance < 0.001
    assert any(far in one.cells and one.chance < 0.01 for one in found)
    every = [one for each in found for one in each.cells]
    assert len(every) == len(set(every))


@pytest.mark.parametrize("cells", [[MIDDLE] * 300, [MIDDLE, AREA[0]] * 150])
def test_one_place_alone_has_no_rise(cells: list[int]) -> None:
    """With nothing to compare it with, a place's rise and everybody's are the same."""
    day = np.sort(np.random.default_rng(1).integers(0, DAYS, 300))
    assert all(one.chance > 0.01 for one in rises(day, np.array(cells), today=TODAY))


def test_too_little_says_nothing() -> None:
    none: Any = np.array([], int)
    assert rises(none, none, today=TODAY) == []
    day, cell = county(1)
    late = day >= DAYS - 50
    assert rises(day[late], cell[late], today=TODAY) == []  # 50 days
    assert rises(day[:4], cell[:4], today=TODAY) == []


def test_days_without_any_are_days() -> None:
    """Days are whole numbers from a calendar: an hour that a clock skips or repeats is none."""
    day, cell = planted(1)
    apart = first(2 * day - TODAY, cell, spans=(3, 56))
    assert apart.days == pytest.approx(2 * first(day, cell).days, abs=1)


def test_the_same_seed_gives_the_same_chance() -> None:
    day, cell = county(7)
    assert rises(day, cell, today=TODAY, seed=1) == rises(day, cell, today=TODAY, seed=1)
    mixed = np.random.default_rng(1).permutation(len(day))
    again = first(day[mixed], cell[mixed], seed=1)
    assert again.seen == first(day, cell, seed=1).seen
    assert {first(day, cell, seed=seed).chance for seed in range(4)} != {again.chance}


def test_days_to_come_and_lists_that_dont_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="after today"):
        rises(np.array([5]), np.array([MIDDLE]), today=4)
    with pytest.raises(ValueError, match="cells"):
        rises(np.array([5, 6]), np.array([MIDDLE]), today=9)
