"""The few ways in which a measure makes one number of what was counted. There is no other: a file
of the catalogue names one of them, and holds no expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

PER = 1000
"""Residents that a rate is told for."""


@dataclass(frozen=True)
class Counted:
    """What was counted in a period: ``n`` that are meant, ``of`` so many; values where the measure
    is made of times or of numbers; how many residents the place has, 0 where nobody said."""

    n: float = 0.0
    of: float = 0.0
    values: Sequence[float] = field(default=())
    residents: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.n + other.n, self.of + other.of, [*self.values, *other.values],
            max(self.residents, other.residents),
        )  # fmt: skip


def _share(told: Counted) -> float | None:
    return told.n / told.of if told.of else None


def _median(told: Counted) -> float | None:
    return median(told.values) if told.values else None


def _mean(told: Counted) -> float | None:
    return sum(told.values) / len(told.values) if told.values else None


def _number(told: Counted) -> float | None:
    return told.n


def _per_thousand(told: Counted) -> float | None:
    return told.n / told.residents * PER if told.residents else None


FORMULAS: Mapping[str, Callable[[Counted], float | None]] = {
    "per_thousand": _per_thousand,
    "number": _number,
    "share": _share,
    "within": _share,
    "median": _median,
    "mean": _mean,
}
"""Kind → the number, or None where there is nothing to make it of. ``within`` is the share of
values up to the measure's limit; it is told apart when facts are counted."""
OF_VALUES = frozenset({"median", "mean", "within"})
"""Those that are made of values; the others of facts that are there, or are so."""
OF_COUNTS = frozenset({"per_thousand", "number"})
"""Those that tell how many; a denominator is none of theirs."""


def counted(
    formula: str,
    facts: Sequence[Mapping[str, object]],
    *,
    limit: float | None = None,
    residents: int = 0,
) -> Counted:
    """Sum facts up: each may have a ``value``, or say by ``hit`` whether it is so."""
    values = [float(one["value"]) for one in facts if "value" in one]  # type: ignore[arg-type]
    if formula == "within":
        return Counted(sum(one <= (limit or 0.0) for one in values), len(values))
    if formula in OF_VALUES:
        return Counted(sum(values), len(values), values)
    hits = sum(bool(one.get("hit", True)) for one in facts)
    return Counted(hits, len(facts), (), residents)
