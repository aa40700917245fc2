"""How far travel times are off, on calls for service that others recorded.

    .venv/bin/python benchmarks/travel.py --data FILE --mapping NAME [--network FILE] [--json FILE]

``FILE`` is what `gongzhi import calls --mapping NAME` reads; units with the times when they set
off and arrived are needed. The first two thirds of the time teach, the last third is foretold.
Such files seldom say where a unit set off: here it is where it was last, if that was done less
than a quarter of an hour before, and else a post of its own, placed where its own trips of the
first two thirds fit best. So part of every error is the start's.

Errors are |foretold - real| in seconds, median and p90, by priority. Beside ``pace`` (what the
platform shows: the map's time corrected by trips made) and ``pace_live`` (the last hours heeded)
stand the mean and the median by hour, the great circle × one factor fitted to the same trips, and
``map``: what the map alone expects. With ``--network`` (as `gongzhi import network` keeps it) the
map is a network of ways; without one it is the beeline and usual speeds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
os.environ["GONGZHI_HOME"] = tempfile.mkdtemp(prefix="gongzhi-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")

import django  # noqa: E402
import numpy as np  # noqa: E402

django.setup()

from _report import machine  # noqa: E402
from gongzhi.analysis.travel import Network, Router, Spot, metres_between, trip  # noqa: E402
from gongzhi.analysis.travel.estimate import TURNOUT  # noqa: E402
from gongzhi.analysis.travel.pace import Made, lately, learn  # noqa: E402
from gongzhi.watch.exchange.imports.run import mapping_of, read_past  # noqa: E402

TEACHES = 2 / 3
STILL_THERE = 15 * 60.0
RECENT = 3 * 3600.0
FEWEST = 5
"""Trips of a unit below which its post is where all trips are in the middle."""
SETTLE = 40
Foretell = Callable[["Ride"], float]


@dataclass(frozen=True)
class Ride:
    """One unit's way to one scene, as the file tells it."""

    sign: str
    left: float
    arrived: float
    ended: float
    hour: int
    priority: int
    scene: Spot

    @property
    def took(self) -> float:
        return self.arrived - self.left


@dataclass(frozen=True)
class Start:
    """Where a ride began, as far as one can tell, and what the map expects from there (s)."""

    spot: Spot
    sure: bool
    metres: float
    expected: float


def rides(path: Path, name: str) -> list[Ride]:
    """The rides of the file that can have been, by the time they began."""
    mapping = mapping_of(name)
    zone = ZoneInfo(mapping.times.zone)
    found = [
        Ride(
            one.sign, one.en_route_at.timestamp(), one.on_scene_at.timestamp(),
            one.ended_at.timestamp(), one.en_route_at.astimezone(zone).hour,
            past.new.priority or 3, Spot(past.new.point.lat, past.new.point.lon),
        )
        for past, crews, _own in read_past(path, mapping) if past.new.point
        for one in crews if one.en_route_at and one.on_scene_at
    ]  # fmt: skip
    kept = [one for one in found if Made(1, one.took, 0, 3).usable]
    print(f"{len(found)} rides, {len(found) - len(kept)} of them left out (under 10 s, over 3 h)")
    return sorted(kept, key=lambda one: one.left)


def posts(taught: Sequence[Ride]) -> dict[str, Spot]:
    """Each unit's post: the point from which its shorter rides are near (a weighted median)."""
    by_sign: dict[str, list[Ride]] = {}
    for one in taught:
        by_sign.setdefault(one.sign, []).append(one)
    found = {sign: _middle(of_it) for sign, of_it in by_sign.items() if len(of_it) >= FEWEST}
    return {"": _middle(taught), **found}


def _middle(of_it: Sequence[Ride]) -> Spot:
    """Weiszfeld's steps; a ride counts the more, the shorter it was."""
    places = np.array([(one.scene.lat, one.scene.lon) for one in of_it])
    quick = 1 / np.array([one.took for one in of_it])
    here = np.average(places, axis=0, weights=quick)
    for _ in range(SETTLE):
        away = np.hypot(*((places - here) * (1, np.cos(np.radians(here[0])))).T) + 5e-4
        here = np.average(places, axis=0, weights=quick / away)
    return Spot(float(here[0]), float(here[1]))


def starts(every: Sequence[Ride], post: dict[str, Spot], router: Router | None) -> list[Start]:
    """Where each began, knowing nothing that came after."""
    last: dict[str, Ride] = {}
    found = []
    for one in every:
        before = last.get(one.sign)
        near = before is not None and 0 <= one.left - before.ended < STILL_THERE
        spot = before.scene if before is not None and near else post.get(one.sign, post[""])
        found.append(_start(one, spot, sure=near or one.sign in post, router=router))
        last[one.sign] = one
    return found


def _start(ride: Ride, spot: Spot, *, sure: bool, router: Router | None) -> Start:
    way = trip("car", spot, ride.scene, hour=ride.hour)
    if router is not None:
        way = router.trips("car", [spot], ride.scene, hour=ride.hour)[0] or way
    assert way is not None
    return Start(spot, sure, metres_between(spot, ride.scene), max(way.seconds - TURNOUT, 1.0))


def foretold(
    every: Sequence[Ride], begun: Sequence[Start], taught: int
) -> Iterator[tuple[str, list[float]]]:
    """What each model says of every ride after the first `taught`."""
    old, new = every[:taught], every[taught:]
    took = np.array([one.took for one in old])
    hours = np.array([one.hour for one in old])
    for name, middle in (("mean_by_hour", np.mean), ("median_by_hour", np.median)):
        whole = float(middle(took))
        by = [float(middle(took[hours == h])) if (hours == h).any() else whole for h in range(24)]
        yield name, [by[one.hour] for one in new]
    metres = np.array([start.metres for start in begun])
    yield "great_circle", (_factor(metres[:taught], took) * metres[taught:]).tolist()
    yield "map", [start.expected for start in begun[taught:]]
    made = [_made(one, start) for one, start in zip(every, begun, strict=True)]
    pace = learn(made[:taught])
    yield "pace", [_said(pace, one) for one in made[taught:]]
    yield "pace_live", [_said(lately(pace, _before(made, ride.left), now=ride.left), one)
                        for ride, one in zip(new, made[taught:], strict=True)]  # fmt: skip


def _made(one: Ride, start: Start) -> Made:
    return Made(start.expected, one.took, one.hour, one.priority, one.arrived, start.sure)


def _said(pace: Any, one: Made) -> float:
    return float(pace.seconds(one.expected, hour=one.hour, priority=one.priority, sure=one.sure))


def _before(made: Sequence[Made], now: float) -> list[Made]:
    """What a desk would have heard by then: rides that had arrived, in the last hours."""
    return [one for one in made if now - RECENT <= one.at < now]


def _factor(metres: Any, took: Any) -> float:
    """Seconds a metre with the least absolute error: the weighted median of the quotients."""
    kept = metres > 50
    quotient, weight = took[kept] / metres[kept], metres[kept]
    order = np.argsort(quotient)
    nth = np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)
    return float(quotient[order][nth])


def errors(real: Sequence[Ride], said: Sequence[float]) -> dict[str, dict[str, float]]:
    """Median and p90 of the absolute error, for all and by priority."""
    off = np.abs(np.array(said) - [one.took for one in real])
    level = np.array([one.priority for one in real])
    parts = {"all": off, **{f"P{p}": off[level == p] for p in sorted(set(level.tolist()))}}
    return {
        name: {
            "median_s": round(float(np.median(one)), 1),
            "p90_s": round(float(np.quantile(one, 0.9)), 1),
            "rides": len(one),
        }
        for name, one in parts.items()
    }


def measure(path: Path, name: str, router: Router | None) -> dict[str, Any]:
    """The figures of one file."""
    every = rides(path, name)
    if len(every) < 200:
        raise SystemExit(f"only {len(every)} rides with a start and an arrival: too few to tell")
    until = every[0].left + TEACHES * (every[-1].left - every[0].left)
    taught = sum(one.left < until for one in every)
    begun = starts(every, posts(every[:taught]), router)
    real = every[taught:]
    found = {model: errors(real, said) for model, said in foretold(every, begun, taught)}
    usual = ("mean_by_hour", "great_circle")
    beaten = all(
        found["pace"]["all"][figure] < found[other]["all"][figure]
        for other in usual for figure in ("median_s", "p90_s")
    )  # fmt: skip
    sure = sum(one.sure for one in begun[taught:])
    return {
        "mapping": name, "taught": taught, "foretold": len(real), "start_known": sure,
        "errors": found, "pace_beats_both": beaten,
    }  # fmt: skip


def main() -> None:
    """Measure, print, and write the file of figures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--data", type=Path, help="a file of calls")
    asked.add_argument("--mapping", help="its mapping's name")
    asked.add_argument("--network", type=Path, help="the network of ways of that place")
    asked.add_argument("--json", type=Path, help="write the figures there")
    said = asked.parse_args()
    if said.data is None or said.mapping is None:
        print("no --data FILE --mapping NAME: nothing to measure")
        return
    router = Router(Network.load(said.network)) if said.network else None
    figures = {"machine": machine(), **measure(said.data, said.mapping, router)}
    for model, parts in figures["errors"].items():
        cells = [f"{p} {e['median_s']:7.1f} {e['p90_s']:7.1f}" for p, e in parts.items()]
        print(f"{model:16}" + "   ".join(cells))
    print(f"taught by {figures['taught']}, foretold {figures['foretold']}, median and p90 in s")
    print(f"pace beats both: {figures['pace_beats_both']}")
    print(f"machine: {json.dumps(figures['machine'], ensure_ascii=False)}")
    if said.json:
        said.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
