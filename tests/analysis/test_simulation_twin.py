"""The compiled loop and the same model in SimPy: the same calls wait, and for exactly as long."""

from __future__ import annotations

import numpy as np
import pytest

from gongzhi.analysis.simulation import Scenario
from gongzhi.analysis.simulation.calling import draw
from gongzhi.analysis.simulation.engine import GRACE, run
from gongzhi.analysis.simulation.packing import pack
from tests.analysis.made_up import county
from tests.analysis.queues import waiting
from tests.analysis.twin import Twin, chance_of

DAYS = 20.0
SCENARIOS = {
    "a queue of three": waiting(3, 500.0, 400.0).scenario,
    "a county": county(1, a_day=40.0),
    "a county with too few units": county(2, units=8, a_day=70.0),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_call_waits_as_long_and_is_reached_as_soon_as_in_the_other_program(name: str) -> None:
    ours, theirs = both(SCENARIOS[name])
    assert ours[0] == pytest.approx(theirs[0], abs=1e-5, nan_ok=True)
    assert ours[1] == pytest.approx(theirs[1], abs=1e-5, nan_ok=True)
    assert (ours[0] > 0).mean() > 0.005  # or it would say nothing about the queue


def both(scenario: Scenario) -> list[tuple[np.ndarray, np.ndarray]]:
    """Waits and responses (s; NaN: never) of both."""
    end = DAYS * 86_400
    packed, calls = pack(scenario), draw(scenario, end, 3, 0)
    ran = run(packed, calls, begin=0.0, end=end)
    twin = Twin(scenario, calls, chance_of(packed, calls))
    twin.run(end + GRACE)
    theirs = [np.array(one) for one in (twin.wait, twin.response)]
    return [(ran.wait, ran.response), tuple(np.where(np.isinf(o), np.nan, o) for o in theirs)]
