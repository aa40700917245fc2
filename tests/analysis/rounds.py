"""Small counties to patrol, drawn by a seed."""

from __future__ import annotations

import numpy as np

from gongzhi.analysis.patrol import (
    Away,
    Break,
    Changes,
    Plan,
    Problem,
    Stop,
    Unit,
    Window,
    check,
)

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


def odd(seed: int) -> Problem:
    """Whatever somebody might enter: shifts and windows that don't meet, no ways, no units, breaks
    that don't fit, stays of nothing or an hour, gaps of a day."""
    draw = np.random.default_rng(seed)
    places = int(draw.integers(1, 9))

    def window() -> Window:
        opens = int(draw.integers(-2, 30)) * HOUR
        return Window(opens, opens + int(draw.integers(-1, 8)) * HOUR)

    def place() -> int:
        return int(draw.integers(places))

    units = tuple(
        Unit(
            n, str(draw.choice(["car", "boat"])), place(), place() if draw.random() < 0.7 else None,
            window(),
            tuple(
                Break(window(), int(draw.integers(2000)), place() if draw.random() < 0.4 else None)
                for _ in range(draw.integers(3))
            ),
            tuple(draw.uniform(0, 0.9, 24).tolist()) if draw.random() < 0.4 else (),
        )
        for n in range(draw.integers(4))
    )  # fmt: skip
    stops = tuple(
        Stop(
            100 + n, place(), float(draw.choice([0, 1, 2.5, 7])),
            int(draw.choice([0, 60, 600, 4000])), tuple(window() for _ in range(draw.integers(4))),
            kinds=frozenset({"boat"}) if draw.random() < 0.3 else None,
            units=frozenset({int(draw.integers(4))}) if draw.random() < 0.2 else None,
            area=int(draw.integers(-1, 3)), visits=int(draw.integers(5)),
            gap=int(draw.choice([0, 300, HOUR, 25 * HOUR])), again=float(draw.choice([0, 0.5, 1])),
            most=int(draw.choice([0, 900, 7000])), must=bool(draw.random() < 0.1),
        )
        for n in range(draw.integers(12))
    )  # fmt: skip
    ways = {kind: _ways(draw, places) for kind in ("car", "boat")}
    return Problem(units, stops, ways, float(draw.choice([0, 0.5, 1])), draw.choice([0, 0.05]))


def _ways(draw: np.random.Generator, places: int) -> np.ndarray:
    """Fastest ways, some of which lead nowhere."""
    ways = draw.uniform(0, 3000, (places, places))
    ways[draw.random(ways.shape) < 0.3] = np.inf
    np.fill_diagonal(ways, 0)
    for over in range(places):
        ways = np.minimum(ways, ways[:, over : over + 1] + ways[over])
    return ways


def interrupted(problem: Problem, seed: int) -> tuple[int, Changes]:
    """A moment, and what is different then."""
    draw = np.random.default_rng(seed)
    now = int(draw.integers(-1, 30)) * HOUR
    away = {
        unit.key: Away(
            None if draw.random() < 0.3 else now + int(draw.integers(-1, 3)) * HOUR,
            None if draw.random() < 0.5 else 0,
        )
        for unit in problem.units
        if draw.random() < 0.4
    }
    keys = [stop.key for stop in problem.stops]
    return now, Changes(
        away=away,
        missed=frozenset(key for key in keys if draw.random() < 0.1),
        dropped=frozenset(key for key in keys if draw.random() < 0.1),
    )
