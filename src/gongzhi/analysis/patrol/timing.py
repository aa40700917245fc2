"""When a route's stops are reached, compiled: times, whether another visit fits in between, and
which visits come when they came on the days before.

The latest arrival that each stop of a route allows tells at once whether another fits (M. W. P.
Savelsbergh, "The Vehicle Routing Problem with Time Windows", ORSA Journal on Computing 4, 1992).
"""

from __future__ import annotations

import numba

from gongzhi.analysis.patrol.ground import FAR, NEVER

FITS, NOT, TOO_LATE = range(3)


@numba.njit(cache=True, nogil=True, inline="always")
def earliest(g, clock, node, when):  # type: ignore[no-untyped-def]
    """When it can begin for who comes then; `NEVER` where it is too late."""
    for w in range(g.starts[node], g.starts[node + 1]):
        if when <= g.closes[clock, w]:
            return max(when, g.opens[clock, w])
    return NEVER


@numba.njit(cache=True, nogil=True, inline="always")
def _latest(g, clock, node, when):  # type: ignore[no-untyped-def]
    """The latest begin until then; `NEVER` where there is none."""
    for w in range(g.starts[node + 1] - 1, g.starts[node] - 1, -1):
        if g.opens[clock, w] <= when:
            return min(when, g.closes[clock, w])
    return NEVER


@numba.njit(cache=True, nogil=True)
def refresh(g, s, u, first):  # type: ignore[no-untyped-def]
    """Reckon the times of a route anew from this position on; False where it isn't possible."""
    kind, clock, last = g.kind[u], g.clock[u], s.length[u] - 1
    if first == 0:
        start = s.node[u, 0]
        s.begin[u, 0] = s.leave[u, 0] = g.opens[clock, g.starts[start]]
        s.at[u, 0] = start
        first = 1
    for p in range(first, last + 1):
        node, here = s.node[u, p], s.at[u, p - 1]
        come = s.leave[u, p - 1]
        if g.floating[node]:
            s.at[u, p] = here
        else:
            s.at[u, p] = node
            come += g.travel[kind, here, node]
        begin = earliest(g, clock, node, come)
        if begin == NEVER:
            return False
        s.begin[u, p] = begin
        s.leave[u, p] = begin + g.dwell[node]
    s.latest[u, last] = _latest(g, clock, s.node[u, last], FAR)
    for p in range(last - 1, -1, -1):
        following = s.node[u, p + 1]
        must = s.latest[u, p + 1] - g.dwell[s.node[u, p]]
        if not g.floating[following]:
            must -= g.travel[kind, s.at[u, p], following]
        s.latest[u, p] = _latest(g, clock, s.node[u, p], must)
    return True


@numba.njit(cache=True, nogil=True)
def fits(g, s, u, visit, p):  # type: ignore[no-untyped-def]
    """Whether it may come after position p (`FITS`, `NOT` or, for all positions from here on,
    `TOO_LATE`), when it would begin, and the seconds of detour and of delay for who comes next."""
    kind, clock, here = g.kind[u], g.clock[u], s.at[u, p]
    there = g.travel[kind, here, visit]
    begin = earliest(g, clock, visit, s.leave[u, p] + there)
    if begin == NEVER:
        return TOO_LATE, 0, 0, 0
    when, q = begin + g.dwell[visit], p + 1
    while g.floating[s.node[u, q]]:
        rest = earliest(g, clock, s.node[u, q], when)
        if rest == NEVER:
            return NOT, 0, 0, 0
        when = rest + g.dwell[s.node[u, q]]
        q += 1
    following = s.node[u, q]
    on = g.travel[kind, visit, following]
    if when + on > s.latest[u, q]:
        return NOT, 0, 0, 0
    detour = there + on - g.travel[kind, here, following]
    return FITS, begin, detour, max(0, when + on - s.begin[u, q])


@numba.njit(cache=True, nogil=True, inline="always")
def is_alike(g, clock, visit, begin):  # type: ignore[no-untyped-def]
    """Whether it would begin at a time that it should keep away from."""
    for k in range(g.past[visit], g.past[visit + 1]):
        if g.past_opens[clock, k] <= begin <= g.past_closes[clock, k]:
            return True
    return False


@numba.njit(cache=True, nogil=True)
def alike_in(g, s, u):  # type: ignore[no-untyped-def]
    """How many visits of a route begin at such a time."""
    visits, clock, many = len(s.unit), g.clock[u], 0
    for p in range(1, s.length[u] - 1):
        node = s.node[u, p]
        if node < visits and is_alike(g, clock, node, s.begin[u, p]):
            many += 1
    return many
