"""What must hold of any simulated county, and what changes of it do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.analysis.simulation import (
    Calls,
    Comparison,
    County,
    Duration,
    Estimate,
    Factor,
    Repeats,
    Scenario,
    Stop,
    Tally,
    Unit,
    Want,
    Ways,
    changing,
    compare,
    duty_of,
    simulate,
)
from gongzhi.analysis.simulation.calling import WEEK, draw
from gongzhi.analysis.simulation.engine import Ran, run
from gongzhi.analysis.simulation.intervals import estimated
from gongzhi.analysis.simulation.laws import normal, uniform
from gongzhi.analysis.simulation.packing import pack
from tests.analysis.made_up import county

A_WEEK = 1 / 52


def ran(scenario: Scenario, days: float = 14.0, repeat: int = 0) -> Ran:
    end = days * 86_400
    return run(pack(scenario), draw(scenario, end, 1, repeat), begin=0.0, end=end)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), units=st.integers(1, 20), a_day=st.floats(1, 150))
def test_nothing_is_lost_and_nobody_is_in_two_places(seed: int, units: int, a_day: float) -> None:
    scenario = county(seed, units=units, a_day=a_day, nodes=15)
    found = ran(scenario, 7)
    sent = np.isfinite(found.wait)
    assert (found.wait[sent] >= 0).all()
    assert (found.response[np.isfinite(found.response)] > 0).all()
    assert (found.whole[sent] >= found.response[sent]).all()
    assert (found.missing >= 0).all()
    assert (found.busy <= 7 * 86_400 + 1e-6).all()
    assert np.isfinite(found.queued)


def test_the_same_seed_tells_the_same_and_another_one_something_else() -> None:
    scenario = county(3, a_day=40.0)
    first, again, other = (
        simulate(scenario, years=A_WEEK, seed=n, replications=3) for n in (5, 5, 6)
    )
    assert first.each("mean").tolist() == again.each("mean").tolist()
    assert first.each("mean").tolist() != other.each("mean").tolist()


def test_a_unit_more_on_the_spot_is_sooner_and_the_interval_says_so() -> None:
    base = county(4, a_day=40.0)
    busiest = int(np.argmax(base.calls[0].places))
    more = changing.add(base, Unit("new", "car", "car", busiest, frozenset({"first_aid"})))
    both = compare(base, more, years=A_WEEK * 4, replications=8)
    sooner = both.of("mean")
    assert sooner.clear
    assert sooner.value < 0
    assert both.repeats == 8


def test_a_change_that_changes_nothing_makes_no_difference_at_all() -> None:
    base = county(4, a_day=40.0)
    both = compare(base, changing.factor(base, Factor(1.0)), years=A_WEEK, replications=3)
    assert both.of("mean") == Estimate(0, 0, 0)
    assert not both.of("mean").clear


def test_calls_of_other_kinds_are_the_same_calls_when_one_kind_doubles() -> None:
    base = county(4, a_day=40.0)
    double = changing.factor(base, Factor(2.0, frozenset({"noise"})))
    before, after = (draw(one, 4 * WEEK, 1, 0) for one in (base, double))
    noise = next(n for n, one in enumerate(base.calls) if one.category == "noise")
    assert set(before.key) <= set(after.key)
    assert (after.sort[~np.isin(after.key, before.key)] == noise).all()
    assert (after.sort == noise).sum() == pytest.approx(2 * (before.sort == noise).sum(), rel=0.15)


def test_half_as_many_calls_are_half_of_the_same_calls() -> None:
    base = county(4, a_day=40.0)
    half = changing.factor(base, Factor(0.5, months=frozenset({0})))
    before, after = (draw(one, 4 * WEEK, 1, 0) for one in (base, half))
    assert set(after.key) < set(before.key)
    assert len(after.at) == pytest.approx(len(before.at) / 2, rel=0.1)


def test_calls_come_by_the_hour_and_the_place_that_was_said() -> None:
    base = county(4, a_day=200.0)
    kind = base.calls[2]
    calls = draw(replace(base, calls=(kind,)), 40 * WEEK, 1, 0)
    hours = np.bincount((calls.at // 3600 % 168).astype(int), minlength=168) / len(calls.at) * 168
    assert np.corrcoef(hours, kind.week)[0, 1] > 0.95
    places = np.bincount(calls.node, minlength=len(kind.places)) / len(calls.at)
    assert places == pytest.approx(kind.places, abs=0.02)


def two(units: tuple[Unit, ...], *calls: Calls, **said: object) -> Scenario:
    """Two places ten minutes apart by car, a third that only the boat reaches."""
    seconds = np.full((1, 2, 3, 3), np.inf, np.float32)
    seconds[0, 0, :2, :2] = [[0, 600], [600, 0]]
    seconds[0, 1, 1:, 1:] = [[0, 900], [900, 0]]
    ground = County(("a", "b", "sea"), (0, 1, 2), Ways(("car", "boat"), seconds))
    return Scenario(ground, units, calls, turnout=Duration.fixed(60), **said)  # type: ignore[arg-type]


def at(node: int, **said: object) -> Calls:
    usual = {"priority": 2, "wants": (Want(),), "work": Duration.fixed(1200)}
    return Calls("any", places=np.eye(3)[node], **{"a_day": 4.0, **usual, **said})  # type: ignore[arg-type]


CAR = Unit("car", "car", "car", 0)


def test_a_call_far_away_takes_the_turnout_and_the_way() -> None:
    found = ran(two((CAR,), at(1, a_day=20.0)))
    alone = found.response[found.wait == 0]
    assert alone.max() == pytest.approx(660)
    assert alone.min() < 600  # on its way back from the last one it was nearer


def test_what_nobody_can_reach_is_never_reached_and_holds_up_nobody() -> None:
    found = simulate(two((CAR,), at(2), at(0, priority=1)), years=A_WEEK * 4, replications=2)
    assert found.of("never", area="sea").value == 1
    assert found.of("never", area="a").value == 0
    assert np.isnan(found.of("mean", area="sea").value)


def test_a_boat_added_reaches_the_sea() -> None:
    base = two((CAR,), at(2))
    with_boat = changing.add(base, Unit("boat", "boat", "boat", 1))
    both = compare(base, with_boat, years=A_WEEK * 4, replications=3)
    assert both.other.of("never").value == 0
    assert both.of("within").value == pytest.approx(1)


def test_the_graver_call_is_served_first_where_both_wait() -> None:
    grave, light = at(0, a_day=30.0, priority=1), at(0, a_day=30.0, priority=4)
    found = simulate(two((CAR,), grave, light), years=A_WEEK * 2, replications=2)
    assert found.of("wait", priority=1).value < 0.5 * found.of("wait", priority=4).value


def test_a_card_that_wants_two_has_two_there() -> None:
    cars = (CAR, replace(CAR, code="second"))
    found = ran(two(cars, at(0, a_day=1.0, wants=(Want(frozenset({"car"}), count=2),))))
    assert (found.missing == 0).all()
    assert found.went.sum() == 2 * len(found.response)


def test_a_missing_skill_weighs_what_it_is_said_to() -> None:
    able = Unit("able", "car", "car", 1, frozenset({"first_aid"}))
    wants = {n: (Want(skills=frozenset({"first_aid"}), lacking=n),) for n in (0.0, 300.0, 900.0)}
    went = {
        n: ran(two((CAR, able), at(0, a_day=0.2, wants=one)), 60).went for n, one in wants.items()
    }
    assert went[0.0][1] == went[300.0][1] == 0
    assert went[900.0][0] == 0


def test_nobody_goes_while_off_duty_and_calls_wait_for_the_shift() -> None:
    by_day = replace(CAR, duty=duty_of(range(8, 20)))
    found = ran(two((by_day,), at(0, a_day=3.0)), 28)
    night = found.wait > 3600
    assert 0.2 < night.mean() < 0.8
    assert found.wait.max() < 13 * 3600


def test_what_a_crew_hands_back_another_unit_takes_over() -> None:
    cars = (CAR, replace(CAR, code="second"))
    usual, back = (ran(two(cars, at(0, handed_back=part)), 60) for part in (0.0, 0.4))
    assert np.isfinite(back.response).all()
    assert back.went.sum() > 1.3 * usual.went.sum()
    assert back.response.mean() > usual.response.mean()


def test_what_is_called_off_is_no_late_arrival() -> None:
    found = simulate(two((CAR,), at(0, cancelled=0.5)), years=A_WEEK * 8, replications=2)
    assert found.of("never").value == 0
    calls = ran(two((CAR,), at(0, cancelled=0.5)), 60)
    assert np.isnan(calls.response).mean() == pytest.approx(0.5, abs=0.1)


def test_a_patrol_loses_the_time_that_calls_take() -> None:
    beat = (Stop(0, 1200.0), Stop(1, 600.0))
    calm, busy = (two((replace(CAR, route=beat),), at(0, a_day=n)) for n in (0.0, 24.0))
    found = simulate(busy, years=A_WEEK * 4, replications=3)
    planned, spent = found.stop(0, "planned").value, found.stop(0, "spent").value
    # of 3000 s a round, 1200 s are spent at the first stop: 40 % of a year
    assert planned == pytest.approx(0.4 * 8760, rel=0.01)
    assert spent < 0.7 * planned
    assert found.said(found.each_lost()).value > 0.3
    at_rest = simulate(calm, years=A_WEEK, replications=2)
    assert at_rest.said(at_rest.each_lost()).value == pytest.approx(0, abs=1e-9)


def test_from_a_patrol_a_unit_leaves_from_where_it_is() -> None:
    there = (Stop(1, 3000.0),)
    stands, patrols = (two((replace(CAR, route=one),), at(1, a_day=0.3)) for one in ((), there))
    assert np.median(ran(patrols, 60).response) == pytest.approx(60, abs=1)
    assert np.median(ran(stands, 60).response) > 300


def test_stopped_early_it_has_what_was_done_by_then() -> None:
    found = simulate(county(1, a_day=20.0), years=A_WEEK, replications=50,
                     progress=lambda done, many: done < 3)  # fmt: skip
    assert found.repeats == 3
    whole = simulate(county(1, a_day=20.0), years=A_WEEK, replications=3)
    assert found.each("mean").tolist() == whole.each("mean").tolist()


def test_a_repeat_written_down_and_read_again_says_the_same() -> None:
    one = Repeats(county(1, a_day=20.0, patrols=True), years=A_WEEK, seed=2).one(0)
    again = Tally.of_lists(one.as_lists())
    assert again.groups == pytest.approx(one.groups, rel=1e-5, nan_ok=True)
    assert again.stops.shape == one.stops.shape


def test_an_interval_needs_two_and_holds_the_mean() -> None:
    alone = estimated(np.array([4.0]))
    assert (alone.value, alone.low, alone.high) == (4.0, -np.inf, np.inf)
    few = estimated(np.array([1.0, 2.0, 3.0, np.nan]))
    assert few.low < 2.0 == few.value < few.high
    assert not estimated(np.array([np.nan])).known


@pytest.mark.parametrize(("u", "z"), [(0.5, 0.0), (0.975, 1.959963985), (0.001, -3.090232306)])
def test_the_normal_s_quantile_is_right(u: float, z: float) -> None:
    assert normal(u) == pytest.approx(z, abs=1e-7)


def test_looked_up_numbers_are_uniform_and_unrelated() -> None:
    keys = np.arange(40_000, dtype=np.uint64)
    first, second = (np.array([uniform(key, slot) for key in keys[::8]]) for slot in (0, 1))
    counts = np.histogram(first, 20, (0, 1))[0]
    assert counts.min() > 0.75 * counts.mean()
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.05


@pytest.mark.parametrize(
    ("duration", "mean"),
    [(Duration.fixed(30), 30), (Duration.exponential(50), 50),
     (Duration.lognormal(100, 0.5), 113.31), (Duration.of([10.0] * 50 + [30.0] * 50), 20)],
)  # fmt: skip
def test_durations_last_as_long_as_they_say(duration: Duration, mean: float) -> None:
    assert duration.mean == pytest.approx(mean, rel=0.01)
    base = two((CAR,), at(0, a_day=20.0, work=duration, handling=duration))
    calls = draw(base, 30 * WEEK, 1, 0)
    assert (calls.ready - calls.at).mean() == pytest.approx(mean, rel=0.05)
    assert duration.times(2).mean == pytest.approx(2 * duration.mean, rel=0.01)


def test_what_can_t_be_is_refused_in_words() -> None:
    base = county(1)
    with pytest.raises(ValueError, match="no unit nobody"):
        changing.move(base, "nobody", 0)
    with pytest.raises(ValueError, match="no such place"):
        changing.move(base, base.units[0].code, 4000)
    with pytest.raises(ValueError, match="one code"):
        changing.add(base, base.units[0])
    with pytest.raises(ValueError, match="no calls of fire"):
        changing.cards(base, (Want(),), category="fire")
    with pytest.raises(ValueError, match="years"):
        simulate(base, years=1000)
    with pytest.raises(ValueError, match="no duration"):
        Duration.fixed(-1)


def test_one_more_by_the_card_is_one_more_of_what_it_sends_last() -> None:
    base = county(1)
    more = changing.more(base, 1, category="fight")
    assert [sum(w.count for w in one.wants) for one in more.calls] == [1, 4, 1, 1, 1]
    fewer = changing.more(base, -5)
    assert all(sum(w.count for w in one.wants) == 1 for one in fewer.calls)


def test_without_repeats_there_is_nothing_to_compare() -> None:
    base = county(1)
    both = compare(base, base, years=A_WEEK, replications=4, progress=lambda *_: False)
    assert isinstance(both, Comparison)
    assert both.repeats == 1
    assert not both.of("mean").clear
