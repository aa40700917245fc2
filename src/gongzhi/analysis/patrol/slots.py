"""Repeated visits: each gets a part of the time of its own, with the wanted gap before the next.

So the gaps hold whoever comes and however a route is shifted, and visits spread over the shift,
which is what a dosage is meant to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gongzhi.analysis.patrol.problem import Window

Part = tuple[Window, ...]


def joined(windows: Sequence[Window]) -> Part:
    """The same times in order, without overlaps; empty ones left out."""
    found: list[Window] = []
    for one in sorted(windows, key=lambda one: (one.opens, one.closes)):
        if one.closes < one.opens:
            continue
        if found and one.opens <= found[-1].closes + 1:
            found[-1] = Window(found[-1].opens, max(found[-1].closes, one.closes))
        else:
            found.append(one)
    return tuple(found)


def within(windows: Sequence[Window], since: int, until: int) -> Part:
    """What of them lies between."""
    cut = [Window(max(one.opens, since), min(one.closes, until)) for one in windows]
    return tuple(one for one in cut if one.opens <= one.closes)


def parts(windows: Sequence[Window], many: int, apart: int) -> list[Part]:
    """Cut the windows (joined ones) into so many parts that begins in two of them are always
    `apart` seconds apart. Fewer where there isn't room for so many."""
    if not windows or many <= 0:
        return []
    if many == 1:
        return [tuple(windows)]
    while many > 1 and _placed(windows, many, apart, 0) is None:
        many -= 1
    low, high = 0, sum(one.closes - one.opens for one in windows) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if _placed(windows, many, apart, middle) is None:
            high = middle
        else:
            low = middle
    bounds = _placed(windows, many, apart, low) or []
    ends = [following[0] - apart for following in bounds[1:]] + [windows[-1].closes]
    starts = [one[0] for one in bounds]
    return [within(windows, *ends) for ends in zip(starts, ends, strict=True)]


def parts_around(
    windows: Sequence[Window], many: int, apart: int, planned: Sequence[int]
) -> list[Part]:
    """The same, such that each begin that is planned already keeps a part of its own; the others
    are where there is still room."""
    begins = sorted(planned)[:many]
    while len(begins) < many:
        free = [
            when
            for when in sorted([*(one.opens for one in windows), *(one + apart for one in begins)])
            if any(one.opens <= when <= one.closes for one in windows)
            and all(abs(when - one) >= apart for one in begins)
        ]
        if not free:
            break
        begins = sorted([*begins, free[0]])
    if not begins or not windows:
        return []
    cuts = [before + (after - before - apart) // 2 for before, after in pairwise(begins)]
    starts = [windows[0].opens, *(one + apart for one in cuts)]
    ends = [*cuts, windows[-1].closes]
    return [within(windows, *bounds) for bounds in zip(starts, ends, strict=True)]


def _placed(
    windows: Sequence[Window], many: int, apart: int, long: int
) -> list[tuple[int, int]] | None:
    """So many parts with `long` seconds of windows in each, as early as can be."""
    found: list[tuple[int, int]] = []
    since: int | None = windows[0].opens
    for _ in range(many):
        since = _next(windows, since)
        until = None if since is None else _after(windows, since, long)
        if since is None or until is None:
            return None
        found.append((since, until))
        since = until + apart
    return found


def _next(windows: Sequence[Window], when: int | None) -> int | None:
    """The first moment of a window from then on."""
    if when is None:
        return None
    return next((max(when, one.opens) for one in windows if one.closes >= when), None)


def _after(windows: Sequence[Window], since: int, long: int) -> int | None:
    """When so many seconds of windows have passed."""
    for one in windows:
        if one.closes < since:
            continue
        begin = max(since, one.opens)
        if begin + long <= one.closes:
            return begin + long
        long -= one.closes - begin
    return None
