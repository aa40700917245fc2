"""A table of counts of things: which cells are told, and how.

For what sources deliver (lamps, dining places), which has no cells to be thinned by (`marks`).
A count below `STEP` is held back, and so is, in each line of the table where a single one would be,
the smallest that could be told: somebody who knows the line's sum learns two numbers together and
neither. What is told goes in steps of five, rounded down. What is held back looks like nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongzhi.analysis.disclosure.marks import STEP

Cell = tuple[str, str]


def told_of(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    """Of the cells (row, column) those that may be told, in steps of five."""
    there = {cell: many for cell, many in counts.items() if many > 0}
    hidden = {cell for cell, many in there.items() if many < STEP}
    while more := next(_lone(there, hidden), None):
        hidden.add(more)
    return {cell: many // STEP * STEP for cell, many in there.items() if cell not in hidden}


def _lone(there: Mapping[Cell, int], hidden: set[Cell]) -> Iterator[Cell]:
    """What has to be held back beside a single hidden cell of its line: the smallest."""
    for axis in (0, 1):
        for line in sorted({cell[axis] for cell in hidden}):
            cells = [cell for cell in there if cell[axis] == line]
            shown = [cell for cell in cells if cell not in hidden]
            if shown and len(cells) - len(shown) == 1:
                yield min(shown, key=lambda cell: (there[cell], cell))
