"""The compiled search: strings of neighbouring stops are taken out and put back better.

After J. Christiaens and G. Vanden Berghe, "Slack Induction by String Removals for Vehicle Routing
Problems", Transportation Science 54, 2020, turned to choosing what is worth visiting at all. A
worse round is kept now and then, ever more rarely (simulated annealing).
"""

from __future__ import annotations

import numba
import numpy as np

from gongzhi.analysis.patrol.chance import chance, one_of
from gongzhi.analysis.patrol.ground import ALIKE, BURDEN, WAY, WORTH
from gongzhi.analysis.patrol.timing import (
    FITS,
    NOT,
    TOO_LATE,
    alike_in,
    fits,
    is_alike,
    refresh,
)

SOME = 100.0
"""So many of the visits that were left out before a round looks at, about: of more, a part."""
BLINK = 0.01
"""A place in a route is overlooked so often, so that rounds differ."""


@numba.njit(cache=True, nogil=True, inline="always")
def _burden(g, s, u, visit):  # type: ignore[no-untyped-def]
    """What one more visit of the unit weighs besides its way: the more, the more it has."""
    stay = g.dwell[visit]
    return g.even[u] * stay * (2.0 * s.load[u] + stay) + g.cost[u, visit]


@numba.njit(cache=True, nogil=True)
def best_place(g, s, visit, dice, blink, delays, which, shy):  # type: ignore[no-untyped-def]
    """The cheapest place in the routes for which ``which`` is set: unit, position, cost. ``shy``:
    what it costs to come at a time that it should keep away from (s)."""
    best, unit, where = np.inf, -1, -1
    for u in range(len(s.length)):
        if not which[u] or not g.can[u, visit]:
            continue
        soon = g.opens[g.clock[u], g.starts[visit]] + g.dwell[visit]
        burden = _burden(g, s, u, visit)
        for p in range(s.length[u] - 1):
            if s.latest[u, p + 1] < soon and not g.floating[s.node[u, p + 1]]:
                continue
            verdict, begin, detour, delay = fits(g, s, u, visit, p)
            if verdict == TOO_LATE:
                break
            if verdict == NOT or (blink > 0 and chance(dice) < blink):
                continue
            cost = detour + delays * delay + burden
            if shy > 0 and is_alike(g, g.clock[u], visit, begin):
                cost += shy
            if cost < best:
                best, unit, where = cost, u, p
    return unit, where, best


@numba.njit(cache=True, nogil=True)
def where_alone(g, s):  # type: ignore[no-untyped-def]
    """Take from `can` whatever a unit could not do even if it did nothing else."""
    for u in range(g.can.shape[0]):
        for visit in range(g.can.shape[1]):
            if g.can[u, visit]:
                possible = False
                for p in range(s.length[u] - 1):
                    possible |= fits(g, s, u, visit, p)[0] == FITS
                g.can[u, visit] = possible


@numba.njit(cache=True, nogil=True)
def _gain(g, s, rules, visit):  # type: ignore[no-untyped-def]
    """What one more visit adds: less in an area that has much already, where that is asked for."""
    if rules.fairness == 0.0:
        return g.worth[visit]
    area = g.area[visit]
    whole = g.whole[area]
    before, more = s.got[area] / whole, g.worth[visit] / whole
    return g.worth[visit] * (1.0 - rules.fairness * (before + more / 2))


@numba.njit(cache=True, nogil=True)
def insert(g, s, rules, visit, u, p):  # type: ignore[no-untyped-def]
    """Put it after position p, where it fits."""
    kind, here = g.kind[u], s.at[u, p]
    q = p + 1
    while g.floating[s.node[u, q]]:
        q += 1
    following = s.node[u, q]
    way = g.travel[kind, here, visit] + g.travel[kind, visit, following]
    s.total[WAY] += way - g.travel[kind, here, following]
    s.total[WORTH] += _gain(g, s, rules, visit)
    s.total[BURDEN] += _burden(g, s, u, visit)
    s.load[u] += g.dwell[visit]
    s.got[g.area[visit]] += g.worth[visit]
    for q in range(s.length[u], p + 1, -1):
        s.node[u, q] = s.node[u, q - 1]
    s.node[u, p + 1] = visit
    s.length[u] += 1
    s.unit[visit] = u
    refresh(g, s, u, p + 1)


@numba.njit(cache=True, nogil=True)
def _forget(g, s, rules, visit):  # type: ignore[no-untyped-def]
    """Off the books."""
    u = s.unit[visit]
    s.load[u] -= g.dwell[visit]
    s.total[BURDEN] -= _burden(g, s, u, visit)
    s.unit[visit] = -1
    s.got[g.area[visit]] -= g.worth[visit]
    s.total[WORTH] -= _gain(g, s, rules, visit)


@numba.njit(cache=True, nogil=True)
def way_of(g, s, u):  # type: ignore[no-untyped-def]
    """Seconds that a unit is on its way."""
    kind, whole = g.kind[u], 0
    for p in range(1, s.length[u]):
        if not g.floating[s.node[u, p]]:
            whole += g.travel[kind, s.at[u, p - 1], s.node[u, p]]
    return whole


@numba.njit(cache=True, nogil=True)
def take_out(g, s, rules, u, first, many, keep_from, keep):  # type: ignore[no-untyped-def]
    """Take out visits from a position on, but for `keep` of them in the middle; breaks stay."""
    visits, before = len(s.unit), way_of(g, s, u)
    to, taken, kept = first, 0, 0
    for p in range(first, s.length[u]):
        node = s.node[u, p]
        passed = keep_from <= taken and kept < keep
        if node < visits and taken < many and not passed:
            _forget(g, s, rules, node)
            taken += 1
            continue
        if node < visits and taken < many and passed:
            kept += 1
        s.node[u, to] = node
        to += 1
    s.length[u] = to
    if not refresh(g, s, u, first):
        _empty(g, s, rules, u)
    s.total[WAY] += way_of(g, s, u) - before


@numba.njit(cache=True, nogil=True)
def _empty(g, s, rules, u):  # type: ignore[no-untyped-def]
    """Nothing but breaks: that is always possible."""
    visits, to = len(s.unit), 0
    for p in range(s.length[u]):
        node = s.node[u, p]
        if node < visits:
            _forget(g, s, rules, node)
        else:
            s.node[u, to] = node
            to += 1
    s.length[u] = to
    refresh(g, s, u, 0)


@numba.njit(cache=True, nogil=True)
def _ruin(g, s, rules, dice, touched):  # type: ignore[no-untyped-def]
    """Take out strings of visits near one that was drawn, one from a route."""
    visits, served, routes = len(s.unit), 0, 0
    for u in range(len(s.length)):
        inner = s.length[u] - 2 - g.rests[u]
        touched[u] = inner == 0  # there is room, and nothing to be cut
        routes += inner > 0
        served += inner
    if routes == 0:
        return
    longest = min(rules.longest, max(1.0, served / routes))
    most = 4.0 * rules.mean / (1.0 + longest) - 1.0
    strings = min(int(chance(dice) * most + 1.0), routes)
    seed = one_of(dice, visits)
    for n in range(-1, g.near.shape[1]):
        visit = seed if n < 0 else g.near[seed, n]
        u = s.unit[visit]
        if u < 0 or touched[u]:
            continue
        touched[u] = True
        p = 1
        while s.node[u, p] != visit:
            p += 1
        inner = s.length[u] - 2
        many = int(chance(dice) * min(longest, inner) + 1.0)
        _cut(g, s, rules, dice, u, p, min(many, inner))
        strings -= 1
        if strings <= 0:
            return


@numba.njit(cache=True, nogil=True)
def _cut(g, s, rules, dice, u, p, many):  # type: ignore[no-untyped-def]
    """A string of so many around position p; half the time some in its middle stay."""
    inner, keep, keep_from = s.length[u] - 2, 0, 0
    if many > 1 and chance(dice) < 0.5:
        while many + keep < inner and chance(dice) > 0.5:
            keep += 1
        keep_from = 1 + one_of(dice, many - 1)
    span = many + keep
    low, high = max(1, p - span + 1), min(p, inner - span + 1)
    first = low + one_of(dice, high - low + 1)
    take_out(g, s, rules, u, first, many, keep_from, keep)


@numba.njit(cache=True, nogil=True)
def _rebuild(g, s, rules, dice, touched, kept, room):  # type: ignore[no-untyped-def]
    """Put in what fits, in an order that differs from round to round. What was left out before can
    only fit into routes that were cut (`touched`)."""
    found, unit, where, key, every, fuller = room
    delays = 1.0 if chance(dice) < 0.5 else 0.0
    mode, power = chance(dice), 0.5 + 1.5 * chance(dice)
    many = 0
    for visit in range(len(s.unit)):
        if s.unit[visit] >= 0:
            continue
        if kept.unit[visit] < 0 and chance(dice) * len(s.unit) > SOME:
            continue
        which = touched if kept.unit[visit] < 0 else every
        u, p, spent = best_place(g, s, visit, dice, BLINK, delays, which, rules.shy)
        if u >= 0:
            found[many], unit[many], where[many] = visit, u, p
            key[many] = -_wish(g, s, rules, dice, visit, spent, mode, power)
            many += 1
    fuller[:] = False
    for n in np.argsort(key[:many]):
        visit, u, p = found[n], unit[n], where[n]
        if fuller[u]:  # another one was put there since
            which = touched if kept.unit[visit] < 0 else every
            u, p, _spent = best_place(g, s, visit, dice, BLINK, delays, which, rules.shy)
        if u >= 0:
            insert(g, s, rules, visit, u, p)
            fuller[u] = touched[u] = True


@numba.njit(cache=True, nogil=True)
def _wish(g, s, rules, dice, visit, cost, mode, power):  # type: ignore[no-untyped-def]
    """How soon a visit is put in: by worth for what it costs, by worth, by its end, at random."""
    if mode < 0.5:
        worth = _gain(g, s, rules, visit)
        return worth**power / (cost + g.dwell[visit] + 1.0) * (0.8 + 0.4 * chance(dice))
    if mode < 0.7:
        return _gain(g, s, rules, visit) * (0.9 + 0.2 * chance(dice))
    if mode < 0.8:
        return -float(g.closes[0, g.starts[visit + 1] - 1])
    return chance(dice)


@numba.njit(cache=True, nogil=True)
def copy_route(a, b, u):  # type: ignore[no-untyped-def]
    """Make route u of `b` that of `a`."""
    many = a.length[u]
    b.length[u] = many
    for p in range(many):
        b.node[u, p], b.at[u, p] = a.node[u, p], a.at[u, p]
        b.begin[u, p], b.leave[u, p] = a.begin[u, p], a.leave[u, p]
        b.latest[u, p] = a.latest[u, p]


@numba.njit(cache=True, nogil=True)
def _settle(a, b, touched):  # type: ignore[no-untyped-def]
    """Make `b` what `a` is, where they differ."""
    for u in range(len(touched)):
        if touched[u]:
            copy_route(a, b, u)
    b.unit[:] = a.unit
    b.got[:] = a.got
    b.load[:] = a.load
    b.alike[:] = a.alike
    b.total[:] = a.total


@numba.njit(cache=True, nogil=True)
def score(s, rules):  # type: ignore[no-untyped-def]
    """What is made as large as can be."""
    weighs = rules.second * (s.total[WAY] + s.total[BURDEN])
    return s.total[WORTH] - weighs - rules.alike * s.total[ALIKE]


@numba.njit(cache=True, nogil=True)
def run(g, s, kept, best, rules, dice, rounds, heat):  # type: ignore[no-untyped-def]
    """So many rounds at this heat: `s` is worked on, `kept` is the one that counts."""
    units, visits = len(s.length), len(s.unit)
    touched, whole = np.zeros(units, np.bool_), np.ones(units, np.bool_)
    room = (np.empty(visits, np.int64), np.empty(visits, np.int64), np.empty(visits, np.int64),
            np.empty(visits), np.ones(units, np.bool_), np.zeros(units, np.bool_))  # fmt: skip
    for _ in range(rounds):
        _ruin(g, s, rules, dice, touched)
        _rebuild(g, s, rules, dice, touched, kept, room)
        if rules.alike > 0:
            _recount(g, s, touched)
        now, was = score(s, rules), score(kept, rules)
        if now >= was + heat * np.log(chance(dice) + 1e-300):
            _settle(s, kept, touched)
            if now > score(best, rules) + 1e-9:
                _settle(s, best, whole)
        else:
            _settle(kept, s, touched)


@numba.njit(cache=True, nogil=True)
def _recount(g, s, touched):  # type: ignore[no-untyped-def]
    """How many visits come when they should keep away."""
    for u in range(len(touched)):
        if touched[u]:
            many = alike_in(g, s, u)
            s.total[ALIKE] += many - s.alike[u]
            s.alike[u] = many


@numba.njit(cache=True, nogil=True)
def _without(g, s, u, gone):  # type: ignore[no-untyped-def]
    """Take the node at position `gone` out of the route, off no books; whether it is possible."""
    for p in range(gone, s.length[u] - 1):
        s.node[u, p] = s.node[u, p + 1]
    s.length[u] -= 1
    return refresh(g, s, u, gone)


@numba.njit(cache=True, nogil=True)
def instead(g, s, visit, below):  # type: ignore[no-untyped-def]
    """The visit worth least, and less than `below`, that this one could replace in its route; -1
    for none. The routes are left as they were."""
    dice, every = np.ones(1, np.uint64), np.zeros(len(s.length), np.bool_)
    visits, found, least = len(s.unit), -1, below
    for u in range(len(s.length)):
        if not g.can[u, visit]:
            continue
        every[u] = True
        for p in range(1, s.length[u] - 1):
            other = s.node[u, p]
            if other >= visits or g.worth[other] >= least:
                continue
            if _without(g, s, u, p) and best_place(g, s, visit, dice, 0.0, 0.0, every, 0.0)[0] >= 0:
                found, least = other, g.worth[other]
            for q in range(s.length[u], p, -1):
                s.node[u, q] = s.node[u, q - 1]
            s.node[u, p] = other
            s.length[u] += 1
            refresh(g, s, u, p)
        every[u] = False
    return found
