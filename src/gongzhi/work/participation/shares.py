"""A share with how sure it is: 3 of 4 and 300 of 400 are both 75 %, and don't say the same."""

from __future__ import annotations

from math import sqrt

SURE = 1.959963984540054
"""Standard deviations on either side that hold nineteen of twenty."""


def wilson(yes: int, of: int, sure: float = SURE) -> tuple[float, float]:
    """The interval of E. B. Wilson (JASA 22, 1927) around ``yes`` of ``of``; with none, all there
    is: 0 to 1. Raises ValueError for more than there are."""
    if not 0 <= yes <= of:
        raise ValueError(f"{yes} of {of} is no share")
    if of == 0:
        return 0.0, 1.0
    part, square = yes / of, sure * sure
    middle = (part + square / (2 * of)) / (1 + square / of)
    half = sure * sqrt(part * (1 - part) / of + square / (4 * of * of)) / (1 + square / of)
    return (0.0 if yes == 0 else middle - half), (1.0 if yes == of else middle + half)
