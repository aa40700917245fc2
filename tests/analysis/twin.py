"""The same model, written a second time: processes of SimPy, and plain Python for who is sent.

For `tests/analysis/test_simulation_twin.py` and `benchmarks/simulation.py`. It knows no patrols and
no hand-backs; everything else, and each random number, is as in `analysis.simulation`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from math import inf, isfinite
from typing import Any

import numba
import numpy as np
import simpy

from gongzhi.analysis.simulation.calling import UNITS, Drawn
from gongzhi.analysis.simulation.county import Scenario
from gongzhi.analysis.simulation.engine import A_UNIT, STRETCH, TURNOUT, WORK
from gongzhi.analysis.simulation.laws import seconds_of, uniform
from gongzhi.analysis.simulation.packing import (
    PRIORITY,
    STRETCH_LAW,
    TURNOUT_LAW,
    Packed,
    pack,
)


@dataclass
class Chance:
    """What chance decides of each wanted unit of each call, looked up before the clock runs."""

    turnout: list[float]
    stretch: list[float]
    work: list[float]
    first: list[int]


def chance_of(packed: Packed, calls: Drawn) -> Chance:
    many = np.diff(packed.first)[calls.sort]
    first = np.concatenate([[0], np.cumsum(many)])
    turnout, stretch, work = _looked_up(packed, calls, first)
    return Chance(turnout.tolist(), stretch.tolist(), work.tolist(), first.tolist())


@numba.njit
def _looked_up(packed, calls, first):  # type: ignore[no-untyped-def]
    turnout, stretch, work = np.empty(first[-1]), np.empty(first[-1]), np.empty(first[-1])
    for n in range(len(calls.at)):
        card, key, kind = packed.first[calls.sort[n]], calls.key[n], packed.kinds[calls.sort[n]]
        for nth in range(first[n + 1] - first[n]):
            slot = UNITS + A_UNIT * nth
            turnout[first[n] + nth] = seconds_of(
                packed.laws, int(kind[TURNOUT_LAW]), uniform(key, slot + TURNOUT)
            )
            stretch[first[n] + nth] = seconds_of(
                packed.laws, int(kind[STRETCH_LAW]), uniform(key, slot + STRETCH)
            )
            work[first[n] + nth] = seconds_of(
                packed.laws, packed.work[card + nth], uniform(key, slot + WORK)
            )
    return turnout, stretch, work


@dataclass
class Car:
    """A unit: where it comes from, where it goes, and when."""

    number: int
    mode: int
    post: int
    duty: list[bool]
    on: bool = False
    free: bool = False
    start: int = 0
    goal: int = 0
    leave: float = 0.0
    there: float = 0.0


@dataclass
class Twin:
    """Runs once."""

    scenario: Scenario
    calls: Drawn
    chance: Chance
    env: simpy.Environment = field(default_factory=simpy.Environment)

    def __post_init__(self) -> None:
        packed, ways = pack(self.scenario), self.scenario.county.ways
        self.seconds: list[Any] = ways.seconds.astype(float).tolist()
        self.period = ways.period
        self.fits = packed.fits.tolist()
        self.card = packed.first.tolist()
        self.priority = packed.kinds[:, PRIORITY].astype(int).tolist()
        self.at, self.ready = self.calls.at.tolist(), self.calls.ready.tolist()
        self.node, self.sort = self.calls.node.tolist(), self.calls.sort.tolist()
        self.wait = [inf] * len(self.at)
        self.response = [inf] * len(self.at)
        self.queues: dict[int, deque[tuple[int, int]]] = {
            one: deque() for one in sorted(set(self.priority))
        }
        self.cars = [
            Car(n, ways.modes.index(one.mode), one.post, list(one.duty))
            for n, one in enumerate(self.scenario.units)
        ]

    def run(self, until: float) -> None:
        for car in self.cars:
            if car.duty[0]:
                car.on = car.free = True
                self.head_home(car, car.post)
            if len(set(car.duty)) > 1:
                self.env.process(self.shifts(car))
        self.env.process(self.source())
        self.env.run(until)

    def source(self) -> Generator[simpy.Event, None, None]:
        for n, ready in enumerate(self.ready):
            yield self.env.timeout(ready - self.env.now)
            for nth in range(self.card[self.sort[n] + 1] - self.card[self.sort[n]]):
                self.want(n, nth)

    def shifts(self, car: Car) -> Generator[simpy.Event, None, None]:
        hour = 0
        while True:
            now = car.duty[hour % 168]
            hour += next(more for more in range(1, 169) if car.duty[(hour + more) % 168] != now)
            yield self.env.timeout(hour * 3600.0 - self.env.now)
            car.on = not now
            if car.on and not car.free and car.there >= 0:
                car.free = True
                self.head_home(car, car.post)
                self.take_next(car)
            elif not car.on and car.free:
                car.free = False

    def way(self, mode: int, start: int, goal: int) -> float:
        hour = int(self.env.now / 3600.0) % 24
        return float(self.seconds[self.period[hour]][mode][start][goal])

    def away(self, car: Car, node: int) -> float:
        now = self.env.now
        if self.scenario.ideal:
            return self.way(car.mode, car.post, node)
        if now >= car.there:
            return self.way(car.mode, car.goal, node)
        first, last = (self.way(car.mode, place, node) for place in (car.start, car.goal))
        share = (now - car.leave) / (car.there - car.leave)
        if not (isfinite(first) and isfinite(last)):
            return first if share < 0.5 else last
        return (1 - share) * first + share * last

    def head_home(self, car: Car, here: int) -> None:
        took = self.way(car.mode, here, car.post)
        car.start, car.goal = here, car.post
        car.leave = self.env.now
        car.there = self.env.now + (took if isfinite(took) else 0.0)

    def want(self, n: int, nth: int) -> None:
        fits = self.fits[self.card[self.sort[n]] + nth]
        known = ((self.away(c, self.node[n]), c.number) for c in self.cars
                 if c.free and fits[c.number] < inf)  # fmt: skip
        whole = ((seconds + fits[number], number, seconds) for seconds, number in known)
        _weight, number, seconds = min(whole, default=(inf, -1, inf))
        if seconds < inf:
            self.send(self.cars[number], n, nth, seconds)
        elif self.scenario.waits:
            self.queues[self.priority[self.sort[n]]].append((n, nth))

    def take_next(self, car: Car) -> None:
        for queue in self.queues.values():
            for waiting in queue:
                n, nth = waiting
                if self.fits[self.card[self.sort[n]] + nth][car.number] < inf:
                    seconds = self.away(car, self.node[n])
                    if seconds < inf:
                        queue.remove(waiting)
                        self.send(car, n, nth, seconds)
                        return

    def send(self, car: Car, n: int, nth: int, seconds: float) -> None:
        car.free, car.there = False, -1.0  # at once: its process begins after this event
        self.env.process(self.serve(car, n, nth, seconds))

    def serve(
        self, car: Car, n: int, nth: int, seconds: float
    ) -> Generator[simpy.Event, None, None]:
        self.wait[n] = min(self.wait[n], self.env.now - self.ready[n])
        wanted = self.chance.first[n] + nth
        on_way = 0.0
        if not self.scenario.ideal:
            on_way = seconds * self.chance.stretch[wanted] + self.chance.turnout[wanted]
        there = self.env.now + (seconds if self.scenario.ideal else on_way)
        self.response[n] = min(self.response[n], there - self.at[n])
        yield self.env.timeout(on_way + self.chance.work[wanted])
        car.there = 0.0
        if car.duty[int(self.env.now / 3600.0) % 168]:
            car.free = True
            self.head_home(car, self.node[n])
            self.take_next(car)
