"""Counts of a unit's practice: one too many, too large a share, or unlike the unit's past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import sqrt
from statistics import fmean, pstdev

from gongzhi.base.catalogue.kinds.rule import Rule
from gongzhi.watch.supervision.judging.bench import MOST_ENTRIES, Count, Found


@dataclass(slots=True)
class Kept:
    """One tally, as it stands."""

    rule: str
    unit: int
    period: date
    ends_at: datetime
    hits: int = 0
    of: int = 0
    entries: list[int] = field(default_factory=list)
    judged: bool = False


def add(kept: Kept, count: Count) -> Found | None:
    """Count one more; what is found when that was the one too many."""
    if count.part == "of":
        kept.of += 1
        return None
    kept.hits += 1
    if len(kept.entries) < MOST_ENTRIES:
        kept.entries.append(count.seq)
    rule = count.rule
    if rule.kind != "count" or kept.judged or kept.hits < (rule.least or 0):
        return None
    kept.judged = True
    return _found(rule, kept, count.key, count.at, number=kept.hits, period=str(kept.period))


def judged(rule: Rule, key: str, kept: Kept, past: Sequence[int]) -> Found | None:
    """What is found when the period is over. `past`: the unit's counts before, nearest first."""
    if rule.kind == "ratio":
        return _share(rule, key, kept)
    if rule.kind == "deviation":
        return _unlike(rule, key, kept, past)
    return None


def _share(rule: Rule, key: str, kept: Kept) -> Found | None:
    if kept.of < (rule.least or 1) or kept.hits < (rule.share or 1) * kept.of:
        return None
    percent = round(100 * kept.hits / kept.of)
    facts = {"number": kept.hits, "of": kept.of, "percent": percent, "period": str(kept.period)}
    return _found(rule, kept, key, kept.ends_at, **facts)


def _unlike(rule: Rule, key: str, kept: Kept, past: Sequence[int]) -> Found | None:
    if len(past) < (rule.past or 0) or kept.hits < (rule.least or 0):
        return None
    usual = fmean(past)
    # Small counts vary by their square root even where nothing changes.
    spread = max(pstdev(past), sqrt(usual), 1.0)
    if kept.hits <= usual + (rule.spread or 0) * spread:
        return None
    facts = {"number": kept.hits, "usual": round(usual, 1), "period": str(kept.period)}
    return _found(rule, kept, key, kept.ends_at, **facts)


def _found(rule: Rule, kept: Kept, key: str, at: datetime, **facts: object) -> Found:
    return Found(rule, key, kept.unit, None, at, tuple(kept.entries), facts)
