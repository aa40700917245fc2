"""Choosing on the map: what is compared with the area, and which cells around it are watched.

What can't be is refused in a sentence, whoever asks: a press on the map, or the form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import h3.api.basic_int as h3
from django.utils.translation import gettext as _

from gongzhi.base.places.cells import as_text, outline_of
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems.shapes import RING, WIDEST, called, ring_of

MOST_AREAS = 8
MOST_AROUND = WIDEST + 2
"""How many cells away from the area what is watched around it may lie."""
Disk = tuple[int, ...]


@dataclass(frozen=True)
class Ground:
    """What stands already: the area, the cells watched around it (None: the ring of this width),
    and the areas to compare with, each its middle first; of so many rings, and how many at most."""

    own: frozenset[int]
    ring: int = RING
    around: frozenset[int] | None = None
    chosen: tuple[Disk, ...] = ()
    reach: int = 0
    most: int = MOST_AREAS

    @property
    def near(self) -> frozenset[int]:
        """The cells around the area that are watched."""
        return frozenset(ring_of(self.own, self.ring)) if self.around is None else self.around

    @property
    def compared(self) -> frozenset[int]:
        """All cells that are compared with."""
        return frozenset(cell for disk in self.chosen for cell in disk)

    def comparison(self, middle: int) -> Disk:
        """Another area to compare with. Refuses what can't be one."""
        disk = disk_of(middle, self.reach)
        if self.own & set(disk):
            raise _refused(_("这里就是要看的地方，不能和自己比。"), "own")
        if self.near & set(disk):
            raise _refused(_("离得太近：和周边一圈重叠，挪过去的会算两遍。请选远一些。"), "near")
        if self.compared & set(disk):
            raise _refused(_("和已经选的对照区域重叠，请另选一处。"), "overlap")
        if len(self.chosen) >= self.most:
            words = _("最多选 %(n)s 处对照，先去掉一处。") % {"n": self.most}
            raise _refused(words, "too_many")
        return disk

    def nearby(self, cell: int) -> Disk:
        """Another cell to watch around the area. Refuses what can't be one."""
        if cell in self.own:
            raise _refused(_("这里就是要看的地方，不能又算周边。"), "own")
        if cell in self.compared:
            raise _refused(_("这里已经选作对照，不能又算周边。"), "overlap")
        if cell not in ring_of(self.own, MOST_AROUND):
            words = _("离得太远：周边最多算到 %(n)s 格。") % {"n": MOST_AROUND}
            raise _refused(words, "far")
        return (cell,)


def disk_of(middle: int, reach: int) -> Disk:
    """The cells around a middle, that one first."""
    return (middle, *sorted(int(one) for one in h3.grid_disk(middle, reach) if one != middle))


def checked(ground: Ground, middles: Iterable[int], around: Collection[int] | None) -> Ground:
    """The same with these areas to compare with and these cells around, each looked at as if it had
    been pressed after the ones before."""
    found = replace(ground, around=None, chosen=())
    for cell in around or ():
        found.nearby(cell)
    if around is not None:
        found = replace(found, around=frozenset(around))
    for middle in middles:
        found = replace(found, chosen=(*found.chosen, found.comparison(middle)))
    return found


def kept(ground: Ground, middles: Iterable[int]) -> tuple[Ground, list[str]]:
    """With those of these areas that can be compared with; why others can't, each reason once."""
    refused: dict[str, None] = {}
    for middle in middles:
        try:
            ground = replace(ground, chosen=(*ground.chosen, ground.comparison(middle)))
        except Refused as why:
            refused[str(why)] = None
    return ground, list(refused)


def drawn(disk: Disk, level: float | None = None) -> dict[str, Any]:
    """What the map and the list show of it: its cells with their outlines, and its place."""
    return {
        "cells": [as_text(one) for one in disk], "outlines": [[outline_of(one)] for one in disk],
        "place": called([as_text(disk[0])])[0], "level": level,
    }  # fmt: skip


def weekly(counts: Sequence[int]) -> float:
    """So many a week, to one decimal."""
    return round(sum(counts) / max(1, len(counts)), 1)


def _refused(words: str, code: str) -> Refused:
    return Refused(words, code=code, status=422)
