"""Small counties to patrol, drawn by a seed."""

from __future__ import annotations

import numpy as np

from gongzhi.analysis.patrol import Break, Plan, Problem, Stop, Unit, Window, check

HOUR = 3600
EVENING = Window(18 * HOUR, 26 * HOUR)  # until two in the morning


def square(seed: int, places: int, metres: float = 9000.0, speed: float = 9.0) -> np.ndarray:
    """Seconds between places that were drawn on a square."""
    where = np.random.default_rng(seed).uniform(0, metres, (places, 2))
    apart = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1))
    return np.ceil(apart / speed)


def county(
    seed: int = 1, units: int = 3, stops: int = 30, *, visits: int = 1, **more: float
) -> Problem:
    """Units from one post in the evening, a break each; some stops have two windows."""
    draw = np.random.default_rng(seed)
    kinds = ("car", "foot")
    travel = square(seed, stops + 1)
    made = tuple(
        Stop(
            100 + n, 1 + n, float(draw.integers(1, 10)), int(draw.integers(10, 17)) * 60,
            windows=(Window(18 * HOUR, 20 * HOUR), Window(22 * HOUR, 25 * HOUR)) if n % 3 else (),
            area=n % 4, visits=visits, gap=HOUR, kinds=frozenset({"car"}) if n % 5 == 0 else None,
        )
        for n in range(stops)
    )  # fmt: skip
    rest = Break(Window(20 * HOUR, 23 * HOUR), 1800)
    crews = tuple(Unit(n, kinds[n % 3 == 2], 0, 0, EVENING, (rest,)) for n in range(units))
    return Problem(crews, made, {"car": travel, "foot": travel * 3}, **more)


def holds(problem: Problem, plan: Plan) -> Plan:
    """The plan, when nothing is wrong with it."""
    found = check(problem, plan)
    assert found.holds, found.wrong
    return plan
