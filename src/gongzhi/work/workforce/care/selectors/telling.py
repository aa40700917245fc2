"""What may be told of a survey: groups of five and more, and no number that gives one away.

Units with fewer answers are put together; while together they are fewer than `FEWEST`, they are
told nowhere, not in the sum of all either: the difference of what is told is never a small group.
Averages are told in steps of five; how many are at or below the line for a talk, in four parts and
of ten at least, for a part of a small group would point at somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeVar

FEWEST, FEWEST_PARTS = 5, 10
STEP = 5
PARTS = ("few", "some", "many", "most")
OTHERS, ALL = "", "*"
Group = TypeVar("Group")


def tell(sums: Mapping[str, Mapping[int, int]], *, talk_at: int) -> list[dict[str, Any]]:
    """A row for each unit that may be told, for the others together, and for all that is told."""
    groups = {unit: Counter(dict(one)) for unit, one in sums.items()}
    told = together(groups, {unit: one.total() for unit, one in groups.items()})
    return [_row(unit, sum(some, Counter()), talk_at) for unit, some in told]


def together(
    groups: Mapping[str, Group], people: Mapping[str, int], fewest: int = FEWEST
) -> list[tuple[str, list[Group]]]:
    """What may be told, each with the groups that are in it: all that is told, each unit of
    ``fewest`` people and more, and the others together where they are as many. Fewer are in no row
    and in no sum."""
    large = [unit for unit in sorted(groups) if people[unit] >= fewest]
    small = [unit for unit in sorted(groups) if people[unit] < fewest]
    rows = [(unit, [groups[unit]]) for unit in large]
    if sum(people[unit] for unit in small) >= fewest:
        rows.append((OTHERS, [groups[unit] for unit in small]))
    return [(ALL, [one for _unit, some in rows for one in some]), *rows] if rows else []


def part_of(share: float) -> str:
    """In which of four parts a share from 0 to 1 lies."""
    return PARTS[min(3, int(share * 4))]


def _row(unit: str, sums: Counter[int], talk_at: int) -> dict[str, Any]:
    many = sums.total()
    mean = sum(result * n for result, n in sums.items()) / many
    low = sum(n for result, n in sums.items() if result <= talk_at) / many
    return {
        "unit": unit, "answers": many // STEP * STEP, "mean": int(mean / STEP + 0.5) * STEP,
        "low": part_of(low) if many >= FEWEST_PARTS else "",
    }  # fmt: skip
