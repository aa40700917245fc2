"""An officer's horizon as a walk: from day to day through what the rules remember, with totals that
only count at the end. What `pricing` searches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import gcd, inf

import numpy as np
import numpy.typing as npt

from gongzhi.analysis.roster.building import allowed, burdens
from gongzhi.analysis.roster.problem import STEPS, Kind, Officer, Problem, Rule
from gongzhi.analysis.roster.remembering import Memory, State, memories, remembered

HOUR = 60
MANY = 5_000
Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Node = tuple[State, ...]


@dataclass(frozen=True)
class Ways:
    """The same for all whom the same rules bind. A node is what is remembered at a day's beginning.

    ``to``: of each node and choice (0: a day off, then the shifts in their order) the node on the
    next day, -1 where a hard rule forbids it; ``costs`` what soft rules take for it; ``weekend``
    whether a weekend is the first time worked on. ``days``: each node's. Nodes of later days come
    first; number 0 is the end. ``begins``: the node after what was worked before the horizon.
    """

    to: Ints
    costs: Floats
    weekend: Ints
    days: Ints
    begins: dict[Node, int]


@dataclass(frozen=True)
class Walk:
    """One officer's. ``may``: of days and choices. ``own``: what wishes cost on them. ``sums``: by
    total, day and choice, what it adds; ``worth``: by total and its value, what that costs
    (infinite: not allowed). The first total is of weekends: a node's way adds to that.
    """

    ways: Ways
    begin: int
    may: npt.NDArray[np.bool_]
    own: Floats
    sums: Ints
    worth: Floats
    sizes: Ints


def walks(problem: Problem) -> dict[int, Walk]:
    """By officer. Whoever can't keep the rules whatever is worked, has none; nor has anybody where
    rules remember more than `MANY` things apart, as a rest of many days would."""
    found: dict[int, Walk] = {}
    alike: dict[tuple[str, ...], list[Officer]] = defaultdict(list)
    for officer in problem.officers:
        alike[tuple(one.code for one in problem.rules if one.binds(officer.key))].append(officer)
    for officers in alike.values():
        known = memories(problem, officers[0].key)
        nodes = {one.key: tuple(remembered(m, one.before) for m in known) for one in officers}
        ways = _ways(problem, known, set(nodes.values()))
        if ways is None:
            continue
        for officer in officers:
            begin = ways.begins.get(nodes[officer.key], -1)
            if begin >= 0:
                found[officer.key] = _walk(problem, officer, ways, begin)
    return found


class _Weaver:
    """Finds the ways of a set of rules, forwards; then backwards makes one of nodes that nothing
    tells apart any more."""

    def __init__(self, problem: Problem, known: Sequence[Memory]) -> None:
        self.problem, self.known = problem, known
        self.keys: list[int | None] = [None, *(one.key for one in problem.shifts)]
        self._steps: dict[tuple[int, bool, Node], list[tuple[Node, int] | None]] = {}

    def after(self, day: int, node: Node) -> list[tuple[Node, int] | None]:
        """By choice: what is remembered then, and what it costs; None: forbidden."""
        which = (self.problem.weekday(day), day == 0, node)
        if which not in self._steps:
            self._steps[which] = [self._step(day, node, key) for key in self.keys]
        return self._steps[which]

    def _step(self, day: int, node: Node, key: int | None) -> tuple[Node, int] | None:
        after, costs = [], 0
        for memory, state in zip(self.known, node, strict=True):
            new, broken = memory.step(day, state, key)
            if broken and memory.rule.hard:
                return None
            costs += broken * memory.rule.weight if broken else 0
            after.append(new)
        return tuple(after), costs


def _ways(problem: Problem, known: Sequence[Memory], begins: set[Node]) -> Ways | None:
    # Whether this weekend was worked on already is remembered beside what rules do.
    weaver = _Weaver(problem, (*known, Memory(Rule("", Kind.WEEKENDS, weight=0), False,
                                              _weekend(problem))))  # fmt: skip
    layers: list[set[Node]] = [{(*one, False) for one in begins}]
    for day in range(problem.days):
        layers.append(
            {to[0] for node in layers[day] for to in weaver.after(day, node) if to is not None}
        )
        if len(layers[-1]) > MANY:
            return None
    rows: list[tuple[tuple[int, int, int], ...]] = []
    many, days, classes = len(weaver.keys), [problem.days], dict.fromkeys(layers[-1], 0)
    rows.append(((-1, 0, 0),) * many)
    for day in reversed(range(problem.days)):
        seen: dict[tuple[tuple[int, int, int], ...], int] = {}
        now: dict[Node, int] = {}
        for node in sorted(layers[day], key=repr):
            row = tuple(_arc(problem, day, node, n, to, classes)
                        for n, to in enumerate(weaver.after(day, node)))  # fmt: skip
            if all(one[0] < 0 for one in row):
                continue
            if row not in seen:
                seen[row] = len(rows)
                rows.append(row)
                days.append(day)
            now[node] = seen[row]
        classes = now
    table = np.array(rows, dtype=np.float64).reshape(len(rows), many, 3)
    return Ways(
        np.ascontiguousarray(table[:, :, 0].astype(np.int32)),
        np.ascontiguousarray(table[:, :, 1]),
        np.ascontiguousarray(table[:, :, 2].astype(np.int32)),
        np.array(days, dtype=np.int32),
        {node[:-1]: n for node, n in classes.items()},
    )


def _weekend(problem: Problem) -> Callable[[int, State, int | None], tuple[State, int]]:
    def step(day: int, worked: State, key: int | None) -> tuple[State, int]:
        if day < 0 or problem.weekday(day) != 5:
            return False, 0
        return key is not None, 0

    return step


def _arc(
    problem: Problem, day: int, node: Node, choice: int, to: tuple[Node, int] | None,
    classes: dict[Node, int],
) -> tuple[int, int, int]:  # fmt: skip
    if to is None or to[0] not in classes:
        return -1, 0, 0
    first = choice > 0 and problem.weekday(day) >= 5 and not node[-1]
    return classes[to[0]], to[1], int(first)


Sums = tuple[tuple[int, ...], ...]
Worth = Callable[[int], float]


def _walk(problem: Problem, officer: Officer, ways: Ways, begin: int) -> Walk:
    keys: list[int | None] = [None, *(one.key for one in problem.shifts)]
    pins = {one.day: one.shift for one in problem.pins if one.officer == officer.key}
    may = np.zeros((problem.days, len(keys)), dtype=np.bool_)
    own = np.zeros((problem.days, len(keys)))
    for day in range(problem.days):
        for key in allowed(problem, officer, day):
            may[day, keys.index(key)] = day not in pins or pins[day] == key
    for wish in problem.wishes:
        if wish.officer == officer.key:
            for n, key in enumerate(keys):
                given = key is not None if wish.shift is None else key == wish.shift
                own[wish.day, n] += 0 if given == wish.on else wish.weight
    totals = _totals(problem, officer, keys)
    sums = np.array([one for one, _worth in totals], dtype=np.int32)
    longest = [_longest(problem, n, one) for n, one in enumerate(sums)]
    sizes = [1 + max((v for v in range(most + 1) if worth(v) < inf), default=0)
             for (_sums, worth), most in zip(totals, longest, strict=True)]  # fmt: skip
    table = np.full((len(totals), max(sizes)), inf)
    for n, (_sums, worth) in enumerate(totals):
        table[n, : sizes[n]] = [worth(v) for v in range(sizes[n])]
    return Walk(ways, begin, may, own, sums, table, np.array(sizes, dtype=np.int32))


def _longest(problem: Problem, n: int, sums: Ints) -> int:
    return problem.days // 7 + 2 if n == 0 else int(sums.max(axis=1).sum())


def _totals(
    problem: Problem, officer: Officer, keys: Sequence[int | None]
) -> list[tuple[Sums, Worth]]:
    """What is counted over the whole horizon; what counts the same is one total."""
    # Weekends are counted by the ways: apart from what happens never to be added to.
    weekends: list[Worth] = []
    found: dict[Sums, list[Worth]] = {}
    days = range(problem.days)
    none: Sums = tuple((0,) * len(keys) for _day in days)

    def counting(which: Iterable[int], on: Iterable[int]) -> Sums:
        wanted, then = set(which), set(on)
        return tuple(tuple(int(day in then and key in wanted) for key in keys) for day in days)

    for rule in problem.rules:
        if not rule.binds(officer.key):
            continue
        if rule.kind == Kind.WEEKENDS:
            weekends.append(_above(rule.limit, _weight(rule)))
        elif rule.kind == Kind.COUNT:
            every = rule.shifts or {one.key for one in problem.shifts}
            found.setdefault(counting(every, days), []).append(_above(rule.limit, _weight(rule)))
        elif rule.kind == Kind.CONTRACT:
            unit = gcd(*(one.length for one in problem.shifts))
            length = tuple(0 if key is None else problem.shift(key).length // unit for key in keys)
            worth = _contract(officer, _weight(rule), unit)
            found.setdefault((length,) * problem.days, []).append(worth)
    for share in problem.shares:
        if share.officer == officer.key:
            sums = counting(*burdens(problem, share.burden))
            worth = _unfair(share.fair - share.before, share.weight)
            found.setdefault(sums, []).append(worth)
    return [(none, _both(weekends)), *((sums, _both(all_)) for sums, all_ in found.items())]


def _weight(rule: Rule) -> float:
    return inf if rule.hard else rule.weight


def _times(weight: float, many: int) -> float:
    return weight * many if many > 0 else 0.0


def _above(limit: int, weight: float) -> Worth:
    return lambda n: _times(weight, n - limit)


def _contract(officer: Officer, weight: float, unit: int) -> Worth:
    def worth(total: int) -> float:
        worked = total * unit
        over = 0 if officer.most is None else worked - officer.most
        return _times(weight, -(-max(over, officer.least - worked, 0) // HOUR))

    return worth


def _unfair(fair: int, weight: float) -> Worth:
    return lambda n: weight * sum(max(0, n - fair - step) for step in range(STEPS))


def _both(all_: Sequence[Worth]) -> Worth:
    return lambda n: sum(one(n) for one in all_)
