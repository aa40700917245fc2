"""The sum behind a due date, kept as facts: what was counted, with which numbers, by which rule.

Steps are stored with the clock they explain. `sentences.explain` says them in words, in the
language of whoever reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Regime = Literal["civil", "administrative", "criminal"]
"""Whose articles govern the counting; the arithmetic is the same, the citation differs."""

Code = Literal[
    "at_once", "no_date",
    "start_day", "start_moment", "extended", "suspended",
    "months", "month_end", "days", "working_days", "hours",
    "made_up", "holiday", "weekends", "unknown_days",
    "rolled", "not_rolled", "roll_unknown",
    "stopped", "day_ends", "moment_ends",
    "planned", "days_back", "working_days_back",
]  # fmt: skip
Fact = str | int


@dataclass(frozen=True)
class Step:
    """One line of the sum. Dates and times are ISO 8601 texts, so that a step is JSON."""

    code: Code
    facts: Mapping[str, Fact] = field(default_factory=dict)
    basis: str = ""
    """Key of the rule in `sentences.BASES`; empty where nothing needs citing."""

    def as_json(self) -> dict[str, Any]:
        """A dictionary that `from_json` reads."""
        return {"code": self.code, "facts": dict(self.facts), "basis": self.basis}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Step:
        """The step that `as_json` wrote."""
        return cls(stored["code"], dict(stored["facts"]), stored.get("basis", ""))


def steps_as_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """All of them, for a JSON column."""
    return [step.as_json() for step in steps]


def steps_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """What `steps_as_json` wrote."""
    return tuple(Step.from_json(one) for one in stored)
