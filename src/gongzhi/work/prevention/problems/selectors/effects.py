"""Whether patrols helped: where they stayed since a day, beside cells where they didn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongzhi.base.places.cells import as_text
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

    @property
    def shapes(self) -> dict[str, Any]:
        """The map's."""
        others = [("Minor", list(disk)) for disk in self.case.disks]
        return features(
            [("Moderate", sorted(self.case.near)), *others, ("Severe", list(self.case.cells))]
        )


def effect(
    about: str, since: date, *, ring: int, middles: Sequence[int], without: Sequence[int] = ()
) -> Effect | None:
    """Of one kind of harm. ``middles``: the cells to compare with; of those next door or attended
    nothing is taken. ``without``: attended cells that are left out. None where nobody patrolled."""
    attended = visited_cells(since, MOST)
    cells = tuple(cell for cell in attended if cell not in without)
    if not cells:
        return None
    near = ring_of(cells, ring) | set(attended)
    chosen = [one for one in middles if one not in near]
    case = Case(about, cells, since, tuple((one,) for one in chosen), ring)
    words = called([as_text(one) for one in cells])
    return Effect(
        case, [(as_text(cell), said) for cell, said in zip(cells, words, strict=True)],
        suggest_cells(about, tuple(attended), since, chosen, ring), assessed(case),
    )  # fmt: skip
