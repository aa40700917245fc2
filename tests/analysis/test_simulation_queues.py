"""The simulator against what queueing theory knows exactly, and the exact hypercube itself."""

from __future__ import annotations

import numpy as np
import pytest

from gongzhi.analysis.dispatching.exact import exactly
from gongzhi.analysis.dispatching.hypercube import Load
from tests.analysis.counties import small
from tests.analysis.queues import (
    Known,
    erlang_b,
    erlang_c,
    hypercube,
    losing,
    misses,
    simulated,
    waiting,
)
from tests.analysis.test_hypercube import exact

KNOWN = {
    "M/M/1": waiting(1, 24 * 6, 360.0),
    "M/M/3": waiting(3, 24 * 6, 1080.0),
    "Erlang B, 2": losing(2, 24 * 6, 900.0),
    "Erlang B, 5": losing(5, 24 * 6, 2400.0),
    "hypercube, 4, lost": hypercube(small(3, 4), waits=False),
    "hypercube, 6, waiting": hypercube(small(5, 6), waits=True),
}


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_exactly_known_lies_within_the_intervals(name: str) -> None:
    """Of three seeds no figure misses twice: the intervals are of 99 %."""
    missed = [one for seed in range(3) for one in misses(KNOWN[name], run(KNOWN[name], seed))]
    assert len(missed) == len(set(missed))
    assert len(missed) <= 1


def run(known: Known, seed: int):  # type: ignore[no-untyped-def]
    return simulated(known, seed, years=0.5, repeats=12)


def test_erlangs_formulas_are_those_of_the_tables() -> None:
    assert erlang_b(2, 1.5) == pytest.approx(0.31034, abs=1e-5)
    assert erlang_c(5, 4.0) == pytest.approx(0.55411, abs=1e-5)


@pytest.mark.parametrize("units", [1, 3, 6])
def test_sweeping_the_states_finds_what_solving_all_equations_at_once_does(units: int) -> None:
    county = small(units, units)
    order = np.argsort(county.seconds(), axis=1, kind="stable")
    busy, _ = exact(county)
    found = exactly(order, county.demand, county.load, units)
    assert found.busy == pytest.approx(busy, abs=1e-9)
    assert found.chance.sum() == pytest.approx(1)
    assert found.answers.sum(axis=1) == pytest.approx(1 - found.all_busy)


def test_twelve_units_share_the_work_as_erlang_says() -> None:
    county = small(7, 12)
    order = np.argsort(county.seconds(), axis=1, kind="stable")
    found = exactly(order, county.demand, county.load, 12)
    assert found.all_busy == pytest.approx(erlang_b(12, county.load.offered), rel=1e-9)
    assert found.busy.sum() == pytest.approx(county.load.offered * (1 - found.all_busy))
    waits = exactly(order, county.demand, county.load, 12, waits=True)
    assert waits.all_busy == pytest.approx(erlang_c(12, county.load.offered), rel=1e-9)
    assert waits.answers.sum(axis=1) == pytest.approx(1)


def test_more_calls_than_units_can_ever_answer_are_refused_where_they_wait() -> None:
    order, demand = np.array([[0, 1]]), np.ones(1)
    with pytest.raises(ValueError, match="more calls"):
        exactly(order, demand, Load(2.0, 3600.0), 2, waits=True)
    assert exactly(order, demand, Load(2.0, 3600.0), 2).all_busy == pytest.approx(0.4)
    with pytest.raises(ValueError, match="1 to 20"):
        exactly(np.zeros((1, 21), int), demand, Load(1, 1), 21)
