"""Curves and bars as they are drawn: whole numbers of an SVG's own units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from gongzhi.analysis.simulation import QUANTILES, Estimate

WIDE, HIGH, LEFT, TOP = 320, 120, 30, 6
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480)
"""Minutes between two marks of the axis: the first that needs no more than `MARKS`."""
MARKS, LONGEST = 6, 24 * 60.0


@dataclass(frozen=True)
class Curve:
    """How many are reached within so many minutes. ``line``, ``band``: points of the polyline and
    of the polygon between its bounds; ``kind``: before or after the change."""

    kind: str
    line: str
    band: str


@dataclass(frozen=True)
class Drawn:
    """Curves over one axis. ``across``, ``up``: marks with their place and what stands there;
    ``promise``: where the promised time is, None beyond the axis."""

    curves: tuple[Curve, ...]
    across: tuple[tuple[int, str], ...]
    up: tuple[tuple[int, str], ...]
    promise: int | None


def drawn(
    before: Sequence[Estimate], after: Sequence[Estimate], promise: float | None
) -> Drawn | None:
    """The responses before and after; None where there was none. ``promise`` in seconds."""
    known = [one.value for one in (*before, *after) if isfinite(one.value)]
    if not known:
        return None
    most = min(max(known) / 60, LONGEST)
    step = next((one for one in STEPS if most <= one * MARKS), STEPS[-1])
    end = step * max(ceil(most / step), 1)
    curves = tuple(
        _curve(kind, ones, end) for kind, ones in (("before", before), ("after", after)) if ones
    )
    across = tuple((_x(60.0 * n, end), str(n)) for n in range(0, end + 1, step))
    up = tuple((_y(n), f"{n}%") for n in (0, 50, 100))
    inside = promise is not None and promise / 60 <= end
    return Drawn(curves, across, up, _x(promise or 0.0, end) if inside else None)


def _curve(kind: str, ones: Sequence[Estimate], end: int) -> Curve:
    rows = [(per, one) for per, one in zip(QUANTILES, ones, strict=True) if isfinite(one.value)]
    line = " ".join(f"{_x(one.value, end)},{_y(per)}" for per, one in rows)
    sure = [(per, one) for per, one in rows if isfinite(one.low) and isfinite(one.high)]
    there = [f"{_x(one.low, end)},{_y(per)}" for per, one in sure]
    back = [f"{_x(one.high, end)},{_y(per)}" for per, one in reversed(sure)]
    return Curve(kind, line, " ".join([*there, *back]))


def _x(seconds: float, end: int) -> int:
    return LEFT + round(WIDE * min(max(seconds / 60 / end, 0.0), 1.0))


def _y(per_cent: int) -> int:
    return TOP + round(HIGH * (1 - per_cent / 100))


@dataclass(frozen=True)
class Bar:
    """How busy a unit is before and after, as widths out of 100; None: it isn't there."""

    code: str
    before: int | None
    after: int | None
    said_before: str
    said_after: str
