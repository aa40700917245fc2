"""Units underway are called away to what is more urgent, and nothing gets lost by it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.simulation import (
    Calls,
    County,
    Duration,
    Factor,
    Scenario,
    Unit,
    Want,
    Ways,
    changing,
    compare,
)
from gongzhi.analysis.simulation.calling import Drawn, draw
from gongzhi.analysis.simulation.engine import Ran, run
from gongzhi.analysis.simulation.packing import pack
from tests.analysis.made_up import county

LINE = 11
"""Places in a row, a minute apart."""


def row(diverts: float, *posts: int) -> Scenario:
    """Grave and slight calls on a line; units at these posts, that set off after 10 s."""
    seconds = 60.0 * np.abs(np.subtract.outer(np.arange(LINE), np.arange(LINE)))
    ways = Ways(("car",), seconds[None, None].astype(np.float32))
    kinds = tuple(
        Calls(name, priority, 0.0, np.ones(LINE), (Want(),), Duration.fixed(600.0))
        for name, priority in (("grave", 1), ("slight", 4))
    )
    units = tuple(Unit(f"u{n}", "car", "car", post) for n, post in enumerate(posts))
    return Scenario(
        County((), (-1,) * LINE, ways), units, kinds, turnout=Duration.fixed(10.0), diverts=diverts
    )


def told(scenario: Scenario, *calls: tuple[float, int, int]) -> Ran:
    """What comes of calls at these times and places, of these kinds (0: grave)."""
    at, node, sort = (np.array(column) for column in zip(*calls, strict=True))
    at = at.astype(float)
    keys = np.arange(len(at), dtype=np.uint64) + np.uint64(1)
    drawn = Drawn(at, at, node.astype(np.int64), sort.astype(np.int64), keys)
    return run(pack(scenario), drawn, begin=0.0, end=86_400.0)


SLIGHT, GRAVE = (1000.0, 10, 1), (1130.0, 2, 0)


def test_who_passes_by_goes_to_the_grave_call_and_the_slight_one_gets_another_unit() -> None:
    """Underway from 0 to 10 and by now at 2, where somebody is in danger; the other one is at 8.
    Where it is, is reckoned between the ends of its way, and so a little too far off."""
    found = told(row(120.0, 0, 8), (990.0, 8, 1), SLIGHT, GRAVE)
    stays = told(row(np.inf, 0, 8), (990.0, 8, 1), SLIGHT, GRAVE)
    assert found.response[2] < 200
    assert stays.response[2] > 500
    assert found.response[1] > stays.response[1]
    assert np.isfinite(found.response).all()
    assert (found.missing == 0).all()


def test_nobody_turns_round_for_a_call_as_slight_or_for_a_few_seconds() -> None:
    alike = told(row(120.0, 0, 8), (990.0, 8, 1), SLIGHT, (1130.0, 2, 1))
    assert alike.response[1] == pytest.approx(610.0)
    near = told(row(120.0, 0, 3), SLIGHT, GRAVE)
    assert near.response[0] == told(row(np.inf, 0, 3), SLIGHT, GRAVE).response[0]


def test_who_is_at_work_stays_there() -> None:
    late = told(row(120.0, 0), SLIGHT, (1700.0, 2, 0))
    assert late.response[0] == pytest.approx(610.0)
    assert late.response[1] > 500


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), units=st.integers(1, 12), a_day=st.floats(20, 400))
def test_nothing_is_lost_and_nobody_is_in_two_places(seed: int, units: int, a_day: float) -> None:
    """Also with run cards for several units, calls called off and handed back, and full queues."""
    base = county(seed, units=units, a_day=a_day, nodes=15)
    calls = tuple(replace(one, cancelled=0.1, handed_back=0.1) for one in base.calls)
    scenario = replace(base, calls=calls, diverts=60.0)
    drawn = draw(scenario, 7 * 86_400.0, 1, 0)
    found = run(pack(scenario), drawn, begin=0.0, end=7 * 86_400.0)
    again = run(pack(scenario), drawn, begin=0.0, end=7 * 86_400.0)
    assert np.array_equal(found.response, again.response, equal_nan=True)
    sent = np.isfinite(found.wait)
    assert (found.wait[sent] >= 0).all()
    assert (found.response[np.isfinite(found.response)] > 0).all()
    assert (found.missing >= 0).all()
    assert (found.cancelled >= 0).all()
    assert (found.cancelled <= found.missing).all()
    assert (found.busy >= -1e-6).all()
    assert (found.busy <= 7 * 86_400 + 1e-6).all()


def test_grave_calls_are_reached_sooner_and_slight_ones_pay_for_it() -> None:
    base = county(3, units=10, a_day=45.0)
    both = compare(base, replace(base, diverts=60.0), years=1 / 26, replications=8)
    grave, slight = both.of("mean", priority=1), both.of("mean", priority=4)
    assert grave.clear
    assert grave.value < 0
    assert slight.value > 0
    assert both.of("never").value == pytest.approx(0.0, abs=0.002)


def test_twice_the_calls_of_one_area_leaves_the_others_as_they_were() -> None:
    base = county(3, a_day=60.0)
    double = changing.factor(base, Factor(2.0, areas=frozenset({"north"})))
    both = compare(base, double, years=1 / 13, replications=4)
    for area in base.county.areas:
        before = both.base.of("calls", area=area).value
        after = both.other.of("calls", area=area).value
        assert after == pytest.approx(2 * before, rel=0.1) if area == "north" else after == before
    with pytest.raises(ValueError, match="nowhere"):
        changing.factor(base, Factor(2.0, areas=frozenset({"nowhere"})))
