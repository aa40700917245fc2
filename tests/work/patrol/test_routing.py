"""One unit's stops in their order, with breaks between: all that can be is found, no more."""

from __future__ import annotations

from itertools import combinations_with_replacement, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.work.patrol.plans.routing import Misfit, Pause, Run, Times, Visit, timed

WAY = np.abs(np.subtract.outer(np.arange(5.0), np.arange(5.0))) * 100


def possible(run: Run) -> bool:
    """Every place for every break, one after the other."""
    for places in combinations_with_replacement(range(len(run.visits) + 1), len(run.pauses)):
        at, spot, ok = run.begins, run.spot, True
        for n in range(len(run.visits) + 1):
            for pause, place in zip(run.pauses, places, strict=True):
                if place == n:
                    begins = max(at, pause.opens)
                    ok &= begins <= pause.closes
                    at = begins + pause.stay
            if n < len(run.visits):
                one = run.visits[n]
                arrives = max(at + WAY[spot, one.spot], one.opens)
                ok &= arrives + one.stay <= one.closes
                at, spot = arrives + one.stay, one.spot
        if ok and (not run.visits or at + WAY[spot, run.post] <= run.ends):
            return True
    return False


visits = st.builds(
    lambda key, spot, opens, long, stay: Visit(key, spot, opens, opens + long, stay),
    st.integers(0, 99), st.integers(0, 4), st.integers(0, 1500), st.integers(100, 2500),
    st.integers(0, 300),
)  # fmt: skip
pauses = st.builds(
    lambda opens, long, stay, wish: Pause(1, opens, opens + long, stay, wish),
    st.integers(0, 2000), st.integers(0, 800), st.integers(10, 400), st.integers(0, 2500),
)  # fmt: skip


@given(
    st.lists(visits, max_size=4), st.lists(pauses, max_size=2), st.integers(800, 4000)
)  # fmt: skip
def test_a_run_is_possible_just_when_some_place_for_each_break_is(
    stops: list[Visit], breaks: list[Pause], ends: int
) -> None:
    ordered = tuple(sorted(breaks, key=lambda one: one.closes))
    run = Run(1, 0, 0, 0.0, float(ends), tuple(stops), ordered)
    found = timed(run, WAY)
    assert isinstance(found, Times) == possible(run)
    if isinstance(found, Times):
        rests = [(at, at + p.stay) for at, p in zip(found.pauses, ordered, strict=True)]
        busy = sorted([*found.visits, *rests])
        assert all(a[1] <= b[0] for a, b in pairwise(busy)), "one thing at a time"


def test_a_break_stays_when_it_was_planned_unless_a_stop_would_be_missed() -> None:
    rest = Pause(1, 0, 2000, 300, wish=1000)
    run = Run(1, 0, 0, 0.0, 4000.0, (Visit(1, 1, 500, 4000, 100),), (rest,))
    assert timed(run, WAY) == Times(1300.0, ((500.0, 600.0),), (1000.0,))
    two = Visit(1, 1, 500, 4000, 100), Visit(2, 1, 1000, 1200, 100)
    found = timed(Run(1, 0, 0, 0.0, 4000.0, two, (rest,)), WAY)
    assert isinstance(found, Times)
    assert found.pauses != (1000.0,)


def test_no_time_for_a_break_is_told_from_no_time_for_a_stop() -> None:
    rest = Pause(1, 450, 500, 300)
    stop = Visit(1, 1, 400, 600, 200)
    assert timed(Run(1, 0, 0, 0.0, 2000.0, (stop,), (rest,)), WAY) == Misfit(None, "rest")
    late = Visit(1, 4, 0, 300, 100)
    assert timed(Run(1, 0, 0, 0.0, 2000.0, (late,), (rest,)), WAY) == Misfit(late, "late")
