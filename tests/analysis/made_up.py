"""A made-up county to simulate: an island of cells, cars, motorcycles and a boat, shifts, run cards
that want one unit to three, a ferry that rests at night. Seeded."""

from __future__ import annotations

import numpy as np

from gongzhi.analysis.simulation import (
    ALWAYS,
    HOURS_A_WEEK,
    Calls,
    County,
    Duration,
    Scenario,
    Stop,
    Unit,
    Want,
    Ways,
)

SIDE = 24_000.0
MODES, METRES_A_SECOND = ("car", "motorcycle", "boat"), (11.0, 10.0, 12.0)
CATEGORIES = ("medical", "fight", "noise", "lost_property", "traffic_damage")
SKILLS = ("first_aid", "mediation")
PRIORITY = {"medical": 1, "fight": 2, "noise": 4, "lost_property": 4, "traffic_damage": 3}


def county(
    seed: int = 0, *, nodes: int = 40, units: int = 12, a_day: float = 120.0, patrols: bool = False
) -> Scenario:
    """So many nodes, units and calls a day."""
    dice = np.random.default_rng([seed, 5])
    ways = _ways(dice, nodes)
    area_of = tuple(int(one) for one in dice.integers(0, 4, nodes))
    fleet = [_unit(dice, n, nodes, patrols=patrols) for n in range(units)]
    return Scenario(
        County(("north", "south", "east", "west"), area_of, ways),
        tuple(fleet),
        tuple(_calls(dice, category, a_day / len(CATEGORIES), nodes) for category in CATEGORIES),
        promise={1: 600.0, 2: 900.0, 3: 1800.0, 4: 3600.0},
        turnout=Duration.lognormal(45.0, 0.4),
        stretch=Duration.lognormal(1.0, 0.25),
    )


def _ways(dice: np.random.Generator, nodes: int) -> Ways:
    """Two lands: cars and motorcycles cross by ferry, and wait long for it at night."""
    places = dice.uniform(0, SIDE, (nodes, 2))
    land = places[:, 0] > 0.8 * SIDE
    metres = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) * 1.35
    apart = land[:, None] != land[None]
    seconds = np.empty((2, len(MODES), nodes, nodes), np.float32)
    for period, ferry in enumerate((1800.0, 9000.0)):
        for mode, speed in enumerate(METRES_A_SECOND):
            crossing = 0.0 if MODES[mode] == "boat" else ferry
            seconds[period, mode] = metres / speed + apart * crossing
    return Ways(MODES, seconds, tuple(int(hour < 6 or hour >= 21) for hour in range(24)))


def _unit(dice: np.random.Generator, n: int, nodes: int, *, patrols: bool) -> Unit:
    kind = "boat" if n % 8 == 7 else "motorcycle" if n % 4 == 3 else "car"
    duty = ALWAYS if n % 3 else _half(n)
    skills = frozenset({SKILLS[n % 2]})
    stops = tuple(Stop(int(one), 720.0) for one in dice.integers(0, nodes, 4))
    route = stops if patrols and kind != "boat" else ()
    return Unit(f"{kind}-{n}", kind, kind, int(dice.integers(0, nodes)), skills, duty, route)


def _half(n: int) -> tuple[bool, ...]:
    """By day or by night."""
    return tuple((7 <= hour % 24 < 19) == bool(n % 2) for hour in range(HOURS_A_WEEK))


def _calls(dice: np.random.Generator, category: str, a_day: float, nodes: int) -> Calls:
    wants = (Want(),)
    if category == "fight":
        wants = (
            Want(frozenset({"car"}), count=2),
            Want(skills=frozenset({"mediation"}), lacking=600.0),
        )
    if category == "medical":
        wants = (Want(skills=frozenset({"first_aid"})),)
    week = 1 + 0.6 * np.sin(2 * np.pi * (np.arange(HOURS_A_WEEK) - 10) / 24)
    return Calls(
        category, PRIORITY[category], a_day, dice.dirichlet(np.ones(nodes)), wants,
        Duration.lognormal(float(dice.uniform(15, 40)) * 60, 0.6),
        Duration.lognormal(80.0, 0.5), tuple((week / week.mean()).tolist()),
    )  # fmt: skip
