"""From parts of walks to whole ones: what they nearly all agree on is decided first, then walks are
found anew for what is left, and so on (a dive, as branch and price makes them)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gongzhi.analysis.roster.columns import DUAL, Columns, Line
from gongzhi.analysis.roster.pricing import Room
from gongzhi.analysis.roster.walks import Floats

SURE = 1e-6
"""A part that near to 1 is the whole."""


@dataclass(frozen=True)
class Pace:
    """``doubt``: how much is decided at a time: the sum of what speaks against it. ``rounds``: how
    often walks are found anew each time."""

    doubt: float = 1.0
    rounds: int = 4
    rise: float = 0.1


def dive(
    columns: Columns, room: Room, limit: float, pace: Pace, go_on: Callable[[], bool]
) -> dict[int, Line] | None:
    """Lines that cost ``limit`` at most together, from columns just solved; None: none was found.
    The columns are of no use after it."""
    decided = np.zeros((len(columns.who), columns.lines[0].choices.shape[1]), dtype=np.bool_)
    doubt = pace.doubt
    try:
        while go_on():
            parts = columns.parts()
            if not _decide(columns, parts, decided, doubt):
                return {
                    key: columns.line(columns.lines[n].choices[int(parts[n].argmax())])
                    for n, key in enumerate(columns.who)
                }
            before = columns.value
            worth, own = columns.taken(DUAL)
            left = [int(n) for n in np.flatnonzero(~decided.all(axis=1))]
            for _round in range(pace.rounds):
                if columns.value <= before + pace.rise:
                    break
                if not columns.found(left, worth, own, room):
                    break
                worth, own = columns.taken()
            calm = columns.value <= before + pace.rise
            doubt = min(4 * pace.doubt, doubt * 1.4) if calm else max(pace.doubt / 2, doubt * 0.7)
            if columns.value > limit + SURE:
                return None
    finally:
        for one in columns.pricers:
            one.free()
    return None


def _decide(
    columns: Columns, parts: list[Floats], decided: npt.NDArray[np.bool_], doubt: float
) -> bool:
    """Decide choices on days that most parts agree on; whether any was in doubt. Of an officer
    one at a time: two might not go together."""
    top, choice = _agreed(columns, parts)
    spent = 0.0
    who: set[int] = set()
    touched: set[int] = set()
    for at in np.argsort(-top, axis=None):
        n, day = divmod(int(at), top.shape[1])
        against = 1 - top[n, day]
        if decided[n, day] or (against > SURE and n in who):
            continue
        if against > SURE and who and spent + against > doubt:
            break
        spent += against
        decided[n, day] = True
        touched.add(n)
        columns.pricers[n].decide(day, int(choice[n, day]))
        if against > SURE:
            who.add(n)
    for n in touched if who else ():
        columns.close(n)
    return bool(who)


def _agreed(
    columns: Columns, parts: list[Floats]
) -> tuple[Floats, npt.NDArray[np.int64]]:  # fmt: skip
    """Of each officer and day the choice that most parts have, and how much they are."""
    days, many = columns.lines[0].choices.shape[1], len(columns.keys)
    share = np.zeros((len(parts), days, many))
    for n, part in enumerate(parts):
        for nth in np.flatnonzero(part > 1e-9):
            share[n, np.arange(days), columns.lines[n].choices[nth]] += part[nth]
    return share.max(axis=2), share.argmax(axis=2)
