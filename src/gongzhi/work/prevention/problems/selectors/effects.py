"""Whether patrols helped: where they stayed since a day, beside cells where they didn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongzhi.base.places.cells import as_text
from gongzhi.work.prevention.problems.picking import MOST_AREAS, Ground, kept
from gongzhi.work.prevention.problems.selectors.assessing import Assessed, Case, assessed
from gongzhi.work.prevention.problems.selectors.suggesting import Suggested, suggest_cells
from gongzhi.work.prevention.problems.selectors.visits import visited_cells
from gongzhi.work.prevention.problems.shapes import called, features, ring_of

MOST = 40
"""Cells at most, those first that got most presence."""


@dataclass(frozen=True)
class Effect:
    """The cells that patrols stayed in, what they are compared with, and what changed."""

    case: Case
    places: list[tuple[str, str]]
    """Each cell and what people call it."""
    suggested: list[Suggested]
    told: Assessed
    refused: list[str]
    """Why some of what was chosen can't be compared with."""

    @property
    def shapes(self) -> dict[str, Any]:
        """The map's."""
        others = [("Minor", list(disk)) for disk in self.case.disks]
        return features(
            [("Moderate", sorted(self.case.near)), *others, ("Severe", list(self.case.cells))]
        )


def effect(
    about: str, since: date, *, ring: int, middles: Sequence[int], without: Sequence[int] = (),
    around: frozenset[int] | None = None,
) -> Effect | None:  # fmt: skip
    """Of one kind of harm. ``middles``: the cells to compare with; of those next door or attended
    nothing is taken. ``without``: attended cells that are left out. ``around``: the cells watched
    around, instead of the ring. None where nobody patrolled."""
    attended = visited_cells(since, MOST)
    cells = tuple(cell for cell in attended if cell not in without)
    if not cells:
        return None
    ground = _ground(attended, cells, ring)
    ground, refused = kept(ground if around is None else replace(ground, around=around), middles)
    chosen = [one for (one,) in ground.chosen]
    case = Case(about, cells, since, ground.chosen, ring, around=around)
    words = called([as_text(one) for one in cells])
    return Effect(
        case, [(as_text(cell), said) for cell, said in zip(cells, words, strict=True)],
        suggest_cells(about, tuple(attended), since, chosen, ring), assessed(case),
        refused,
    )  # fmt: skip


def ground_of(since: date, *, ring: int, without: Sequence[int]) -> Ground | None:
    """What stands already where somebody chooses on the map; None where nobody patrolled."""
    attended = visited_cells(since, MOST)
    cells = tuple(cell for cell in attended if cell not in without)
    return _ground(attended, cells, ring) if cells else None


def _ground(attended: Sequence[int], cells: Sequence[int], ring: int) -> Ground:
    """Attended cells are nothing to compare with, left out or not."""
    around = frozenset(ring_of(cells, ring) - set(attended))
    return Ground(frozenset(attended), ring, around, most=2 * MOST_AREAS)
