"""A storm day: sixty incidents in an hour, and their echoes. The same seed, the same storm."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gongzhi.config.exercise.plan import Planned

INCIDENTS = 60
HOUR = 3600.0
ECHO = 0.28
"""How many of the incidents somebody else reports, too."""
JOINED = 0.5
"""How many of those the call-taker recognises; the others are for the desk to merge."""
CUT_OFF = 2
"""Towns that no ferry reaches; each has a patient and somebody to bring over."""


@dataclass(frozen=True)
class Spot:
    """A named place of the county."""

    name: str
    kind: str
    town: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Kind:
    """One kind of trouble: where it happens, how often, and what the caller says."""

    category: str
    places: Sequence[str]
    share: int
    words: Sequence[str]
    priority: int | None = None


TOLD: Mapping[str, Any] = json.loads((Path(__file__).parent / "told.json").read_text("utf-8"))
"""What made-up callers say, and where such things happen."""
KINDS, CUT = ([Kind(**row) for row in TOLD[name]] for name in ("usual", "cut_off"))
STOPPED = Kind(**TOLD["stopped"][0])
ECHOES: Sequence[str] = TOLD["echoes"]


def storm(spots: Iterable[Spot], seed: int) -> list[Planned]:
    """The calls of the storm, in order. Raises ValueError where the county names no places."""
    known = list(spots)
    if not known:
        raise ValueError("the county's gazetteer is empty: import it first")
    rng = np.random.default_rng([seed, 60])
    drawn = [*_islands(rng, known), *_usual(rng, known)][:INCIDENTS]
    moments = _moments(rng, len(drawn))
    first = sorted(zip(moments, drawn, strict=True), key=lambda each: each[0])
    calls = [(at, _told(rng, kind, spot, at)) for at, (kind, spot) in first]
    return _with_echoes(rng, calls)


def _moments(rng: np.random.Generator, number: int) -> list[float]:
    """Few at first, most as the storm's front comes through, fewer again; the first at once."""
    shares = sorted(rng.beta(1.6, 1.7, number))
    reach = 1 - shares[0]
    return [round(20 + float((one - shares[0]) / reach) * (HOUR - 40), 1) for one in shares]


def _usual(rng: np.random.Generator, spots: Sequence[Spot]) -> Iterable[tuple[Kind, Spot]]:
    weight = np.array([kind.share for kind in KINDS], dtype=float)
    chosen = rng.choice(len(KINDS), size=INCIDENTS, p=weight / weight.sum())
    return [(KINDS[int(nth)], _spot(rng, KINDS[int(nth)], spots)) for nth in chosen]


def _islands(rng: np.random.Generator, spots: Sequence[Spot]) -> list[tuple[Kind, Spot]]:
    """The towns with the fewest roads are those that hang on a ferry."""
    roads = Counter(spot.town for spot in spots if spot.kind == "road" and spot.town)
    towns = sorted({spot.town for spot in spots if spot.town}, key=lambda town: (roads[town], town))
    found = [(STOPPED, _spot(rng, STOPPED, spots))]
    for town in towns[:CUT_OFF]:
        there = [spot for spot in spots if spot.town == town]
        found += [(kind, _spot(rng, kind, there)) for kind in CUT]
    return found


def _spot(rng: np.random.Generator, kind: Kind, spots: Sequence[Spot]) -> Spot:
    """A place of the kinds wanted; any, where the county has none of them."""
    suited = [spot for spot in spots if spot.kind in kind.places] or list(spots)
    return suited[int(rng.integers(len(suited)))]


def _told(rng: np.random.Generator, kind: Kind, spot: Spot, at: float) -> Planned:
    words = kind.words[int(rng.integers(len(kind.words)))].format(spot.name)
    return Planned(at, kind.category, words, spot.name, *_near(rng, spot), priority=kind.priority)


def _near(rng: np.random.Generator, spot: Spot) -> tuple[float, float]:
    """Where the caller points: within a hundred metres or so."""
    shift = rng.normal(0, 0.0005, 2)
    return round(spot.lat + float(shift[0]), 6), round(spot.lon + float(shift[1]), 6)


def _with_echoes(rng: np.random.Generator, first: Sequence[tuple[float, Planned]]) -> list[Planned]:
    """Others call about the same thing within minutes; some are put with it, some are not."""
    calls: list[tuple[float, Planned, int | None, bool]] = []
    for nth, (at, call) in enumerate(first):
        calls.append((at, call, None, False))
        if rng.random() < ECHO:
            later = at + 25 + float(rng.exponential(150))
            words = ECHOES[int(rng.integers(len(ECHOES)))].format(call.place)
            echo = Planned(round(later, 1), call.category, words, call.place, call.lat, call.lon)
            calls.append((later, echo, nth, bool(rng.random() < JOINED)))
    order = sorted(range(len(calls)), key=lambda at: (calls[at][0], at))
    return _numbered(calls, order)


def _numbered(
    calls: Sequence[tuple[float, Planned, int | None, bool]], order: Sequence[int]
) -> list[Planned]:
    """In the order of their time; what joins another says that one's number in it."""
    firsts = [at for at, call in enumerate(calls) if call[2] is None]
    number: Mapping[int, int] = {old: new for new, old in enumerate(order)}
    found = []
    for old in order:
        _, call, of, joined = calls[old]
        joins = number[firsts[of]] if of is not None and joined else None
        found.append(Planned(**{**vars(call), "joins": joins}))
    return found


Draw = Callable[[Iterable[Spot], int], list[Planned]]
SCENARIOS: Mapping[str, Draw] = {"storm": storm}
