"""What measures can be made of: each source tells facts that the platform has anyway, with a day,
a unit and a town, and never whom they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongzhi.base.catalogue.kinds.measure_formulas import OF_COUNTS

TIMES = frozenset({"median", "within", "mean"})
SHARES = frozenset({"share", "number"})


@dataclass(frozen=True)
class Source:
    """Which formulas it is good for, by what its facts can be told apart, and from which events
    or tables they come."""

    formulas: frozenset[str]
    facts: frozenset[str]
    comes_from: tuple[str, ...]


def _source(formulas: frozenset[str], facts: str, *comes_from: str) -> Source:
    return Source(formulas, frozenset(facts.split()), comes_from)


SOURCES: Mapping[str, Source] = {
    "incidents": _source(OF_COUNTS, "category harm priority shift", "matters.matter_opened"),
    "repeats": _source(
        SHARES, "category harm priority shift", "matters.matter_opened", "matters.place_corrected"
    ),
    "calls": _source(TIMES, "shift", "calls.call_received"),
    "arrivals": _source(
        TIMES, "category priority shift", "matters.matter_opened", "dispatch.unit_arrived"
    ),
    "clocks": _source(
        SHARES, "clock procedure kind law category", "matters.step_taken", "matters.clock_missed"
    ),
    "requests": _source(OF_COUNTS, "category channel", "participation.request_filed"),
    "judged": _source(SHARES, "category channel", "participation.outcome_judged"),
    "handled": _source(SHARES, "category channel", "participation.handling_rated"),
    "answers": _source(TIMES, "category channel", "matters.step_taken"),
    "reopened": _source(SHARES, "category procedure kind", "matters.step_taken"),
    "visits": _source(TIMES, "service", "public_services.visit_counted", "matters.step_taken"),
    "findings": _source(
        SHARES, "rule severity", "supervision.finding_answered", "supervision.answer_missed"
    ),
    "reviews": _source(SHARES, "checklist", "supervision.case_reviewed"),
    "looks": _source(frozenset({"number"}), "purpose", "people.person_read"),
}
"""Name → what it is. Each has its function in ``watch/outcomes/sources``."""
