"""A scenario from what really happened, to see whether the simulator tells it again.

What is learnt: how long a way of so many metres takes, where each unit starts from (nobody says:
the place from which its ways fit best), how long handling, turnout and work last. What is taken as
it was: which calls came, which kinds of unit were asked for at once, and who was on duty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

import numpy as np

from gongzhi.analysis.simulation.calling import HOUR, Drawn, handled
from gongzhi.analysis.simulation.county import Calls, County, Scenario, Unit, Want, Ways
from gongzhi.analysis.simulation.engine import run
from gongzhi.analysis.simulation.laws import Duration, Floats, Whole, mixed
from gongzhi.analysis.simulation.packing import pack

T = TypeVar("T")
Sort: TypeAlias = tuple[str, int, tuple[str, ...]]
"""Category, priority, and the kinds of unit that were asked for at once: they say how pressing it
is, too."""
ALL: Sort = ("", 0, ())
FEW, SOME = 5, 40
"""Ways of a unit below which nobody knows where it starts from; cases below which a kind of call
is taken together with all others."""
AT_ONCE = 180.0
"""What is sent this long (s) after the first is asked for with it; what comes later isn't."""
PERIOD = 14 * HOUR
"""A unit that isn't heard of for longer was off duty meanwhile."""
NEAR, EARTH = 300.0, 6_371_008.8
"""Within a cell, a way has so many metres; the earth's radius (m)."""
OWN = "own_work"
ROUNDS, TRIED = 4, 3
SHORTEST, LONGEST = 10.0, 3 * HOUR
MOST_ENDED = 0.45
"""Of the ways of a kind of call, either way."""


@dataclass(frozen=True)
class Sent:
    """One unit's way to a call (s; NaN: not said)."""

    unit: str
    sent: float
    moved: float
    there: float
    done: float


@dataclass(frozen=True)
class Past:
    """A call that came (``at``, s from a Monday 00:00), to which node, and who went."""

    at: float
    node: int
    category: str
    priority: int
    sent: tuple[Sent, ...]
    own: bool = False
    """Begun by the units themselves: it keeps them busy, and nobody waits for it."""

    @property
    def at_once(self) -> list[Sent]:
        """Those that were sent together with the first."""
        first = min(one.sent for one in self.sent)
        return [one for one in self.sent if one.sent - first <= AT_ONCE]

    @property
    def asked(self) -> tuple[str, ...]:
        """The kinds of unit that were sent at once."""
        return tuple(sorted(kind_of(one.unit) for one in self.at_once))

    @property
    def sort(self) -> Sort:
        """Its kind, with what was asked for; what the units began themselves is one."""
        return (OWN, 4, self.asked) if self.own else (self.category, self.priority, self.asked)

    @property
    def response(self) -> float:
        """From the call until the first was there (s); NaN where nobody came."""
        known = [one.there - self.at for one in self.sent if np.isfinite(one.there)]
        return min(known, default=float("nan"))


def kind_of(unit: str) -> str:
    """What it is, by the letters that its code begins with: E39 is an E."""
    return "".join(one for one in unit if not one.isdigit()) or "number"


@dataclass(frozen=True)
class Learnt:
    """What the learning part taught. ``posts``: where units start from; ``metres``: between nodes;
    ``way``: seconds = first * (metres / 1000) ** second."""

    posts: dict[str, int]
    metres: Floats
    way: tuple[float, float]
    stretch: dict[Sort, Duration]
    turnout: dict[Sort, Duration]
    handling: dict[Sort, Duration]
    work: dict[Sort, Duration]
    cancelled: dict[Sort, float]
    handed_back: dict[Sort, float]

    def seconds(self, metres: Floats) -> Floats:
        """What the map would expect."""
        return _way(metres, self.way)


def metres_between(lat: Floats, lon: Floats) -> Floats:
    """Between all of these places (degrees); within one, `NEAR`."""
    north, east = np.radians(lat), np.radians(lon)
    half = np.sin((north[:, None] - north) / 2) ** 2
    half += np.cos(north)[:, None] * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    found: Floats = np.maximum(2 * EARTH * np.arcsin(np.sqrt(np.minimum(half, 1))), NEAR)
    return found


def learn(past: Sequence[Past], metres: Floats) -> Learnt:
    """From these calls alone. Raises ValueError where there are too few to learn from."""
    posts, way = _posts(past, metres)
    stretched = (
        (call, (one.there - one.moved) / float(_way(metres[posts[one.unit], call.node], way)))
        for call in past for one in call.sent
        if one.unit in posts and SHORTEST <= one.there - one.moved <= LONGEST
    )  # fmt: skip
    return Learnt(
        posts, metres, way, _by_sort(stretched),
        _by_sort((call, one.moved - one.sent) for call in past for one in call.sent),
        _by_sort((call, min(one.sent for one in call.sent) - call.at) for call in past),
        _by_sort((call, one.done - one.there) for call in past for one in call.sent),
        _ended(past, back=False), _ended(past, back=True),
    )  # fmt: skip


def rebuilt(learnt: Learnt, past: Sequence[Past], seed: int, repeat: int) -> tuple[Scenario, Drawn]:
    """The county while these calls came, and the calls, with chance drawn by seed and repeat."""
    known = [call for call in past if set(call.asked) & {kind_of(code) for code in learnt.posts}]
    sorts: dict[Sort, int] = {}
    number = [sorts.setdefault(one.sort, len(sorts)) for one in known]
    nodes = len(learnt.metres)
    ways = Ways(("road",), learnt.seconds(learnt.metres).astype(np.float32)[None, None])
    kinds = tuple(_kind(learnt, *sort, nodes) for sort in sorts)
    hours = int(max(one.at for one in past) // HOUR) + 72
    units = tuple(
        Unit(code, kind_of(code), "road", post, duty=_duty(past, code, hours))
        for code, post in learnt.posts.items()
    )
    scenario = Scenario(
        County((), (-1,) * nodes, ways), tuple(one for one in units if any(one.duty)), kinds,
    )  # fmt: skip
    at, node = np.array([one.at for one in known]), np.array([one.node for one in known], np.int64)
    keys = mixed(seed * 1_000_003 + repeat, 0, len(known))
    return scenario, handled(scenario, at, node, np.array(number, np.int64), keys)


def responses(learnt: Learnt, past: Sequence[Past], seed: int, repeat: int) -> Floats:
    """Simulated seconds from each call until somebody was there; those that anybody came to."""
    told = _told(learnt, past, seed, repeat)
    return np.concatenate([np.zeros(0), *(told[key] for key in sorted(told))])


def _told(learnt: Learnt, past: Sequence[Past], seed: int, repeat: int) -> dict[Sort, Floats]:
    """The same by category and priority."""
    scenario, calls = rebuilt(learnt, past, seed, repeat)
    end = float(calls.at.max()) + HOUR
    ran = run(pack(scenario), calls, begin=0.0, end=end)
    found: dict[Sort, list[Floats]] = defaultdict(list)
    for sort, kind in enumerate(scenario.calls):
        if kind.category != OWN:
            mine = ran.response[calls.sort == sort]
            found[kind.category, kind.priority, ()].append(mine[np.isfinite(mine)])
    return {key: np.concatenate(parts) for key, parts in found.items()}


def calibrated(learnt: Learnt, past: Sequence[Past], seed: int) -> Learnt:
    """With ways so much longer or shorter that the median response of these calls is met: real
    units aren't where one thinks, nor is always the nearest sent. By category and priority, as they
    are sent different units by different rules (an ambulance that roams is farther off than its
    post says); each held at no change the more, the fewer its calls are."""
    seen = {ALL: observed(past)} | _seen(past)
    sorts = {call.sort for call in past}
    for turn in range(TRIED):
        told = _told(learnt, past, seed, turn)
        told[ALL] = np.concatenate(list(told.values()))
        factors = {
            key: _factor(learnt, key, past, seen[key], told[key])
            for key in seen if len(told.get(key, ())) >= SOME or key == ALL
        }  # fmt: skip
        stretch = {
            key: _known(learnt.stretch, key).times(_known(factors, key))
            for key in {*learnt.stretch, *factors, *sorts}
        }
        learnt = replace(learnt, stretch=stretch)
    return learnt


def _seen(past: Sequence[Past]) -> dict[Sort, Floats]:
    """Real responses by category and priority, where there are enough of them."""
    groups: dict[Sort, list[Past]] = defaultdict(list)
    for call in past:
        if not call.own:
            groups[call.category, call.priority, ()].append(call)
    found = {key: observed(calls) for key, calls in groups.items()}
    return {key: seen for key, seen in found.items() if len(seen) >= SOME}


def _factor(
    learnt: Learnt, key: Sort, past: Sequence[Past], seen: Floats, told: Floats
) -> float:  # fmt: skip
    """How many times as long these ways have to be, so that both have the same median."""
    mine = [one for one in past if key in (ALL, (one.category, one.priority, ()))]
    middle, said = float(np.median(seen)), float(np.median(told))
    on_way = max(said - _before_way(learnt, mine, key), 60.0)
    factor = float(np.clip(1 + (middle - said) / on_way, 0.5, 2.0))
    return float(factor ** (len(seen) / (len(seen) + SOME)))


def observed(past: Sequence[Past]) -> Floats:
    """Seconds from each call until somebody was there; those that anybody came to, and that
    anybody waited for."""
    seen = np.array([call.response for call in past if not call.own], np.float64)
    known: Floats = seen[np.isfinite(seen)]
    return known


def _before_way(learnt: Learnt, past: Sequence[Past], key: Sort) -> float:
    waits = [min(one.sent for one in call.sent) - call.at for call in past]
    return float(np.median(waits)) + _known(learnt.turnout, key).table[50]


def _way(metres: Floats, way: tuple[float, float]) -> Floats:
    found: Floats = way[0] * (metres / 1000) ** way[1]
    return found


def _posts(past: Sequence[Past], metres: Floats) -> tuple[dict[str, int], tuple[float, float]]:
    """Where each unit starts from, and how long ways take: each in turn from the other."""
    trips: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for call in past:
        for one in call.sent:
            if SHORTEST <= one.there - one.moved <= LONGEST:
                trips[one.unit].append((call.node, one.there - one.moved))
    often = {code: made for code, made in sorted(trips.items()) if len(made) >= FEW}
    if not often:
        raise ValueError(f"no unit went {FEW} times and said when it left and arrived")
    nodes = {code: np.array([node for node, _ in made]) for code, made in often.items()}
    took = {code: np.log([seconds for _, seconds in made]) for code, made in often.items()}
    posts = {code: int(metres[:, nodes[code]].sum(axis=1).argmin()) for code in often}
    way = (150.0, 0.6)
    for _ in range(ROUNDS):
        x = np.concatenate([np.log(metres[posts[code], nodes[code]] / 1000) for code in often])
        y = np.concatenate([took[code] for code in often])
        slope = float(np.clip(_slope(x, y), 0.2, 1.0))
        way = float(np.exp(np.median(y - slope * x))), slope
        expected = np.log(_way(metres, way))
        posts = {code: int(np.abs(expected[:, nodes[code]] - took[code]).sum(axis=1).argmin())
                 for code in often}  # fmt: skip
    return posts, way


def _slope(x: Floats, y: Floats) -> float:
    spread = float(((x - x.mean()) ** 2).sum())
    return float(((x - x.mean()) * (y - y.mean())).sum()) / spread if spread else 0.6


def _usual(seconds: Iterable[float]) -> Duration:
    known = [one for one in seconds if np.isfinite(one) and 0 <= one <= LONGEST]
    return Duration.of(known) if known else Duration.of([0.0])


def _by_sort(seen: Iterable[tuple[Past, float]]) -> dict[Sort, Duration]:
    """As finely as there are `SOME`; `ALL`: all together."""
    found: dict[Sort, list[float]] = defaultdict(list)
    for call, seconds in seen:
        for key in _keys(call.sort):
            found[key].append(seconds)
    return {key: _usual(ones) for key, ones in found.items()
            if key == ALL or len(ones) >= SOME}  # fmt: skip


def _ended(past: Sequence[Past], *, back: bool) -> dict[Sort, float]:
    """The part of units asked for at once that never arrived: because nobody was needed any more,
    or (``back``), because another unit was sent later and did."""
    found: dict[Sort, list[bool]] = defaultdict(list)
    for call in past:
        replaced = _replaced(call)
        for one in call.at_once:
            gone = not np.isfinite(one.there) and replaced == back
            for key in _keys(call.sort):
                found[key].append(gone)
    return {
        key: min(float(np.mean(ones)), MOST_ENDED)
        for key, ones in found.items()
        if key == ALL or len(ones) >= SOME
    }


def _replaced(call: Past) -> bool:
    """Whether somebody who was sent later arrived."""
    later = set(call.sent) - set(call.at_once)
    return any(np.isfinite(one.there) for one in later)


def _kind(
    learnt: Learnt, category: str, priority: int, asked: tuple[str, ...], nodes: int
) -> Calls:
    have = {kind_of(code) for code in learnt.posts}
    sort = (category, priority, asked)
    wants = tuple(Want(frozenset({kind})) for kind in asked if kind in have)
    return Calls(
        category, priority, 0.0, np.ones(nodes), wants, _known(learnt.work, sort),
        _known(learnt.handling, sort), cancelled=_known(learnt.cancelled, sort),
        handed_back=_known(learnt.handed_back, sort),
        turnout=_known(learnt.turnout, sort), stretch=_known(learnt.stretch, sort),
    )  # fmt: skip


def _keys(sort: Sort) -> tuple[Sort, ...]:
    """From the finest to the coarsest."""
    category, priority, _asked = sort
    return sort, (category, priority, ()), ("", priority, ()), ALL


def _known(learnt: dict[Sort, T], sort: Sort) -> T:
    return next(learnt[key] for key in _keys(sort) if key in learnt)


def _duty(past: Sequence[Past], code: str, hours: int) -> tuple[bool, ...]:
    """On duty from its first to its last call of each working period, and an hour around."""
    heard = sorted(at for call in past for one in call.sent if one.unit == code
                   for at in (one.sent, one.done))  # fmt: skip
    on = np.zeros(hours, bool)
    for before, after in zip([-np.inf, *heard], [*heard, np.inf], strict=True):
        if np.isfinite(before) and np.isfinite(after) and after - before <= PERIOD:
            on[_hours(before, after, hours)] = True
        for one in (before, after):
            if np.isfinite(one):
                on[_hours(one - HOUR, one + HOUR, hours)] = True
    return tuple(on.tolist())


def _hours(begin: float, end: float, most: int) -> slice:
    return slice(max(int(begin // HOUR), 0), min(int(end // HOUR) + 1, most))


__all__ = [
    "Learnt", "Past", "Sent", "Whole", "calibrated", "learn", "metres_between", "observed",
    "rebuilt", "responses",
]  # fmt: skip
