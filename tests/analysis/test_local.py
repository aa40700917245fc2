"""What stands out does so by the numbers of others' libraries, and by chance seldom."""

from __future__ import annotations

import warnings
from inspect import signature
from pathlib import Path
from typing import Any

import esda
import h3.api.basic_int as h3
import numpy as np
import pandas as pd
import pytest
from libpysal import examples, weights
from libpysal.io import open as read

from gongzhi.analysis.hotspots import (
    Kind,
    Neighbours,
    classify,
    concentration,
    discoveries,
    getis_ord,
    local_moran,
    rings,
    trend,
)  # fmt: skip
from gongzhi.analysis.hotspots.local import _dealt

GRID = sorted(h3.grid_disk(h3.latlng_to_cell(30.0, 122.1, 8), 12))


def st_louis() -> tuple[Any, Any, Neighbours]:
    """Homicide rates of 78 counties, esda's own example."""
    table = pd.read_csv(examples.get_path("stl_hom.csv"))
    return with_neighbours(table["HR8893"].to_numpy(), "stl.gal")


def columbus() -> tuple[Any, Any, Neighbours]:
    found = read(str(Path(examples.get_path("columbus.dbf")))).by_col("CRIME")
    return with_neighbours(np.array(found), "columbus.gal")


def with_neighbours(values: Any, file: str) -> tuple[Any, Any, Neighbours]:
    graph = read(examples.get_path(file)).read()
    number = {one: n for n, one in enumerate(graph.id_order)}
    near = Neighbours.of(
        [number[one] for one in graph.neighbors[place]] for place in graph.id_order
    )
    return values, graph, near


both = pytest.mark.parametrize("example", [st_louis, columbus])


@both
def test_gi_star_is_what_esda_says(example: Any) -> None:
    values, graph, near = example()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = esda.G_Local(
            values, weights.fill_diagonal(graph, 1), transform="B", star=True, permutations=0
        )
    ours = getis_ord(values, near)
    assert ours.statistic == pytest.approx(theirs.Gs, rel=1e-12)
    assert ours.score == pytest.approx(theirs.Zs, rel=1e-9)
    assert ours.chance == pytest.approx(2 * theirs.p_norm, rel=1e-9)


@both
def test_local_moran_is_what_esda_says(example: Any) -> None:
    values, graph, near = example()
    theirs = esda.Moran_Local(values, graph, transformation="r", permutations=0)
    ours = local_moran(values, near)
    assert ours.statistic == pytest.approx(theirs.Is, rel=1e-9)
    assert ours.score == pytest.approx((theirs.Is - theirs.EIc) / np.sqrt(theirs.VIc), rel=1e-9)


@pytest.mark.slow  # esda compiles, and starts programs of its own
@both
def test_chances_counted_on_deals_are_near_those_that_esda_counts(example: Any) -> None:
    values, graph, near = example()
    # Newer ones are told which chance is meant; the older ones know only this one.
    knows = "alternative" in signature(esda.Moran_Local).parameters
    meant = {"alternative": "directed"} if knows else {}
    theirs = esda.Moran_Local(values, graph, permutations=4999, seed=1, n_jobs=1, **meant)
    ours = local_moran(values, near, permutations=4999, seed=2)
    assert np.abs(ours.chance / 2 - np.minimum(theirs.p_sim, 0.5)).max() < 0.03


@both
def test_discoveries_are_those_below_esdas_bound(example: Any) -> None:
    values, _, near = example()
    chance = getis_ord(values, near).chance
    for part in (0.05, 0.1):
        bound = esda.fdr(chance, part)
        found = discoveries(chance, part)
        assert found.sum() > 3
        assert (found == (chance < bound)).all()


def test_of_counts_strewn_at_random_hardly_any_stands_out() -> None:
    near, dice = rings(GRID), np.random.default_rng(1)
    found = [
        discoveries(getis_ord(dice.poisson(5, len(GRID)), near).chance).sum() for _ in range(20)
    ]
    assert np.mean(np.array(found) > 0) < 0.3


def test_a_crowded_corner_stands_out_and_is_hot() -> None:
    counts = np.random.default_rng(1).poisson(2, len(GRID)).astype(float)
    corner = [GRID.index(one) for one in h3.grid_disk(GRID[200], 1)]
    counts[corner] += 12
    for found in (getis_ord(counts, rings(GRID)), getis_ord(counts, rings(GRID), permutations=999)):
        assert found.score[corner[0]] > 4
        assert found.chance.argmin() in [GRID.index(one) for one in h3.grid_disk(GRID[200], 2)]
    assert discoveries(getis_ord(counts, rings(GRID)).chance)[corner].all()


def test_each_deal_leaves_the_cell_itself_out_and_draws_nobody_twice() -> None:
    near = rings(GRID[:40], 3)
    powers = 2.0 ** np.arange(40)
    for cell, sums in enumerate(_dealt(powers, near, 200, seed=5)):
        for one in sums.astype(np.int64).tolist():
            drawn = [n for n in range(40) if one >> n & 1]
            assert cell not in drawn
            assert len(drawn) == near.many[cell]


def test_deals_are_the_same_with_the_same_seed() -> None:
    values, _, near = columbus()
    first, again, other = (
        getis_ord(values, near, permutations=99, seed=seed).chance for seed in (1, 1, 2)
    )
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("statistic", [getis_ord, local_moran])
@pytest.mark.parametrize("permutations", [0, 99])
@pytest.mark.parametrize(
    "counts", [[], [3.0], [1.0, 2.0], [0.0] * 7, [4.0] * 7, [9.0] + [0.0] * 6], ids=len
)
def test_empty_or_even_counts_show_nothing_and_fail_nowhere(
    statistic: Any, permutations: int, counts: list[float]
) -> None:
    cells = GRID[: len(counts)]
    found = statistic(np.array(counts), rings(cells), permutations=permutations)
    assert np.isfinite(found.score).all()
    assert ((found.chance > 0) & (found.chance <= 1)).all()
    if len(set(counts)) < 2:
        assert (found.score == 0).all()
        assert not discoveries(found.chance).any()


def test_cells_apart_from_all_others_show_nothing_by_moran() -> None:
    found = local_moran(np.array([1.0, 5.0, 2.0]), Neighbours.of([[1], [0], []]))
    assert found.score[2] == 0
    assert found.chance[2] == 1


def test_counts_that_miss_a_cell_are_refused() -> None:
    with pytest.raises(ValueError, match="neighbours of 5"):
        getis_ord(np.ones(4), rings(GRID[:5]))
    with pytest.raises(ValueError, match="missing"):
        local_moran(np.array([1.0, np.nan]), rings(GRID[:2]))


def test_what_a_hot_spot_was_is_said_in_words_one_can_check() -> None:
    told = {
        "111111111111": Kind.PERSISTENT, "110111111110": Kind.PERSISTENT,
        "000000000011": Kind.EMERGING, "010000000111": Kind.EMERGING,
        "111111100000": Kind.FADING, "101010000010": Kind.SPORADIC, "000000000000": Kind.NONE,
    }  # fmt: skip
    hot = np.array([[one == "1" for one in word] for word in told]).T
    assert classify(hot) == list(told.values())
    assert classify(hot[:0]) == [Kind.NONE] * len(told)
    assert classify(hot[:2])[:3] == [Kind.SPORADIC, Kind.SPORADIC, Kind.NONE]


def test_a_trend_goes_up_or_down_or_is_none() -> None:
    rows = np.arange(12.0)
    score, chance = trend(np.stack([rows, -rows, np.zeros(12), np.resize([1.0, 2.0], 12)], axis=1))
    assert score[0] == pytest.approx(65 / np.sqrt(12 * 11 * 29 / 18))  # by hand: S = 66
    assert score[1] == -score[0]
    assert score[2] == 0
    assert chance[0] < 1e-4 < 0.5 < chance[3]


def test_four_fifths_of_events_in_a_fifth_of_places() -> None:
    found = concentration(np.array([40.0, 40.0] + [2.5] * 8))
    assert found.places_with(0.8) == pytest.approx(0.2)
    assert found.events_in(0.2) == pytest.approx(0.8)
    assert found.gini == pytest.approx(0.6)
    assert found.events[-1] == pytest.approx(1.0)


def test_even_counts_and_none_are_not_crowded_and_one_place_is() -> None:
    assert concentration(np.full(9, 3.0)).gini == pytest.approx(0)
    assert concentration(np.zeros(5)).gini == concentration(np.empty(0)).gini == 0
    assert concentration(np.array([100.0] + [0.0] * 99)).gini == pytest.approx(0.99)


def test_few_events_one_to_a_place_are_as_even_as_they_can_be() -> None:
    found = concentration(np.array([1.0] * 10 + [0.0] * 90))
    assert found.gini == pytest.approx(0.9)
    assert found.corrected == pytest.approx(0)


def test_a_count_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        concentration(np.array([1.0, -1.0]))
