"""Systems whose truth is known: M/M/c, Erlang's B and C, and Larson's hypercube of a county.

Each as a scenario, with what is exactly true of it; `misses` says which figures of a simulation
don't have the truth within their intervals.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gongzhi.analysis.dispatching.exact import Exact, exactly
from gongzhi.analysis.dispatching.hypercube import Load
from gongzhi.analysis.simulation import (
    Calls,
    County,
    Duration,
    Estimate,
    Outcome,
    Scenario,
    Unit,
    Want,
    Ways,
    simulate,
)
from tests.analysis.counties import Small


@dataclass(frozen=True)
class Known:
    """A scenario, and its truths: figure → value."""

    scenario: Scenario
    truths: dict[str, float]


def erlang_b(servers: int, offered: float) -> float:
    """The part of calls that finds all busy and is lost."""
    lost = 1.0
    for n in range(1, servers + 1):
        lost = offered * lost / (n + offered * lost)
    return lost


def erlang_c(servers: int, offered: float) -> float:
    """The part of calls that finds all busy and waits."""
    lost = erlang_b(servers, offered)
    return lost / (1 - offered / servers * (1 - lost))


def waiting(servers: int, a_day: float, mean: float) -> Known:
    """M/M/c: who finds all busy waits."""
    offered = a_day * mean / 86_400
    late = erlang_c(servers, offered)
    wait = late * mean / (servers - offered)
    truths = {"waited": late, "wait": wait, "busy": offered / servers,
              "waiting": a_day / 86_400 * wait}  # fmt: skip
    return Known(_alike(servers, a_day, mean, waits=True), truths)


def losing(servers: int, a_day: float, mean: float) -> Known:
    """Erlang B: who finds all busy is lost."""
    offered = a_day * mean / 86_400
    lost = erlang_b(servers, offered)
    truths = {"never": lost, "busy": offered * (1 - lost) / servers}
    return Known(_alike(servers, a_day, mean, waits=False), truths)


def _alike(servers: int, a_day: float, mean: float, *, waits: bool) -> Scenario:
    ways = Ways(("car",), np.ones((1, 1, 1, 1), np.float32))
    units = tuple(Unit(f"u{n}", "car", "car", 0) for n in range(servers))
    calls = Calls("any", 1, a_day, np.ones(1), (Want(),), Duration.exponential(mean))
    return Scenario(County((), (-1,), ways), units, (calls,), waits=waits, ideal=True)


def hypercube(county: Small, *, waits: bool) -> Known:
    """Every cell a node, and each unit at its own node beside them."""
    seconds = county.seconds()
    cells, units = seconds.shape
    between = np.zeros((1, 1, cells + units, cells + units), np.float32)
    between[0, 0, cells:, :cells] = seconds.T
    places = np.concatenate([county.demand, np.zeros(units)])
    crews = tuple(Unit(f"u{n}", "car", "car", cells + n) for n in range(units))
    a_day, mean = 24 * county.load.calls_an_hour, county.load.seconds_a_call
    calls = Calls("any", 1, a_day, places, (Want(),), Duration.exponential(mean))
    ground = County((), (-1,) * (cells + units), Ways(("car",), between))
    order = np.argsort(between[0, 0, cells:, :cells].T, axis=1, kind="stable")
    found = exactly(order, county.demand, county.load, units, waits=waits)
    return Known(
        Scenario(ground, crews, (calls,), waits=waits, ideal=True),
        _truths(found, seconds, county, waits=waits),
    )


def _truths(found: Exact, seconds: np.ndarray, county: Small, *, waits: bool) -> dict[str, float]:
    truths = {f"busy {n}": float(one) for n, one in enumerate(found.busy)}
    served = county.demand[:, None] * found.answers
    response = float((served * seconds).sum() / served.sum())
    if waits:
        return truths | {"waited": found.all_busy, "mean": response + found.waiting}
    return truths | {"never": found.all_busy, "mean": response}


def simulated(known: Known, seed: int, *, years: float, repeats: int) -> Outcome:
    """The scenario of it."""
    return simulate(known.scenario, years=years, seed=seed, replications=repeats)


def figure(outcome: Outcome, name: str) -> Estimate:
    """What the simulation says of a truth."""
    what, _, number = name.partition(" ")
    if what == "busy":
        codes = [f"u{number}"] if number else outcome.shape.units
        return outcome.said(np.mean([outcome.each_unit(code) for code in codes], axis=0))
    return outcome.queue() if what == "waiting" else outcome.of(what)


def misses(known: Known, outcome: Outcome) -> list[str]:
    """The figures whose interval doesn't hold the truth."""
    found = {name: figure(outcome, name) for name in known.truths}
    return [name for name, one in found.items() if not one.low <= known.truths[name] <= one.high]


__all__ = ["Known", "Load", "figure", "hypercube", "losing", "misses", "simulated", "waiting"]
