"""Letting a scenario happen again and again, on all processors, until enough or until stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from gongzhi.analysis.simulation.calling import YEAR, Drawn, draw
from gongzhi.analysis.simulation.county import Scenario
from gongzhi.analysis.simulation.engine import run
from gongzhi.analysis.simulation.intervals import Comparison, Outcome
from gongzhi.analysis.simulation.laws import Floats
from gongzhi.analysis.simulation.packing import pack
from gongzhi.analysis.simulation.tallies import WARM, Tally, shape_of, tally

T = TypeVar("T")
REPEATS = 20
Progress = Callable[[int, int], bool | None]
"""Told after each repeat how many of how many are done; False: stop."""


def simulate(
    scenario: Scenario,
    *,
    years: float = 1.0,
    seed: int = 0,
    replications: int = REPEATS,
    progress: Progress | None = None,
) -> Outcome:
    """So many repeats of so many years each. The same seed, the same figures, on any number of
    processors. Stopped early (by ``progress`` or Ctrl-C), it has the repeats that were done."""
    repeats = Repeats(scenario, years=years, seed=seed)
    done = list(_all(repeats.one, replications, progress))
    return Outcome(shape_of(scenario), tuple(done))


def compare(
    base: Scenario,
    other: Scenario,
    *,
    years: float = 1.0,
    seed: int = 0,
    replications: int = REPEATS,
    progress: Progress | None = None,
) -> Comparison:
    """Both, each repeat with the same calls, and the same chance in all that they share."""
    first, second = (Repeats(one, years=years, seed=seed) for one in (base, other))
    pairs = list(_all(lambda k: (first.one(k), second.one(k)), replications, progress))
    before, after = (tuple(pair[side] for pair in pairs) for side in (0, 1))
    return Comparison(Outcome(shape_of(base), before), Outcome(shape_of(other), after))


class Repeats:
    """The repeats of a scenario, each by its number, in any order: what was interrupted goes on
    with the next number. Raises ValueError for less than an hour, or more than a century."""

    def __init__(self, scenario: Scenario, *, years: float, seed: int) -> None:
        if not 1 / 8760 <= years <= 100:
            raise ValueError(f"{years} years can't be simulated at once")
        self.scenario, self.seed = scenario, seed
        self.begin, self.end = WARM, WARM + years * YEAR
        self.packed = pack(scenario)
        self.planned = self._planned()

    def one(self, number: int) -> Tally:
        """What the repeat of this number comes to."""
        calls = draw(self.scenario, self.end, self.seed, number)
        ran = run(self.packed, calls, begin=self.begin, end=self.end)
        return tally(self.scenario, calls, ran, self.planned)

    def _planned(self) -> Floats:
        """Seconds at each stop of a patrol, if nobody called."""
        if not len(self.packed.stops):
            return np.zeros(0)
        return run(self.packed, NOTHING, begin=self.begin, end=self.end).dwelt


NOTHING = Drawn(
    np.zeros(0), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint64)
)
"""No calls."""


def _all(work: Callable[[int], T], many: int, progress: Progress | None) -> Iterator[T]:
    """The repeats in their order; fewer, when somebody says stop."""
    with ThreadPoolExecutor(min(os.cpu_count() or 1, max(many, 1))) as pool:
        waiting = [pool.submit(work, number) for number in range(many)]
        try:
            for done, one in enumerate(waiting, 1):
                yield one.result()
                if progress is not None and progress(done, many) is False:
                    break
        except KeyboardInterrupt:
            pass
        finally:
            for one in waiting:
                one.cancel()


def joined(tallies: Sequence[Tally], scenario: Scenario) -> Outcome:
    """Repeats that were kept, as one outcome."""
    return Outcome(shape_of(scenario), tuple(tallies))
