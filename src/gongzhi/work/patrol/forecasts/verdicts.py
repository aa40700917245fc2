"""What an evaluation says of each category, as JSON."""

from __future__ import annotations

from math import isfinite
from typing import Any

from gongzhi.analysis.forecast import Evaluation, Scores, Skill, Unfit
from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.patrol.forecasts.counting import CALLS

Json = dict[str, Any]
DIGITS = 6


def about(code: str) -> Json:
    """As what a category is foreseen, and why it may be."""
    of = (one for one in catalogue().forecasts.values() if code in one.categories)
    reason = next(of).reason if code != CALLS else None
    if reason is None:
        return {"treats": "demand"}
    return {"treats": "harm", "reason": {"zh": reason.zh, "en": reason.en}}


def verdict_of(code: str, found: Evaluation | Unfit, calls: int) -> Json:
    """What was found of one category, or why nothing can be said."""
    return about(code) | (_unjudged(found, calls) if isinstance(found, Unfit) else _judged(found))


def _judged(found: Evaluation) -> Json:
    verdict, low = found.verdict, found.verdict.over[found.verdict.best]
    return {
        "adopted": verdict.adopted,
        "model": found.candidate,
        "used": found.used,
        "best_baseline": verdict.best,
        "skill": number(low.value),
        "skill_low": number(low.low),
        "skill_high": number(low.high),
        "skill_over": {code: _skill(one) for code, one in verdict.over.items()},
        "calls": found.calls,
        "calls_held_back": found.held_back,
        "scores": _beside(found),
        "methods": {code: _scores(one) for code, one in found.scores.items()},
        "weights": {code: number(one) for code, one in found.chosen.shares.items()},
        "kde_bandwidth_cells": found.chosen.bandwidth,
    }


def _unjudged(unfit: Unfit, calls: int) -> Json:
    return {"adopted": False, "model": None, "used": None, "skill": None, "skill_low": None,
            "skill_high": None, "calls": calls, "scores": {}, "why": str(unfit),
            "why_code": unfit.code, "why_facts": unfit.facts}  # fmt: skip


def _beside(found: Evaluation) -> Json:
    """The scores of what is used, and the climatology's beside them."""
    climate = found.scores["climatology"]
    return _scores(found.scores[found.used]) | {
        "crps_climatology": number(climate.crps),
        "crps_county_climatology": number(climate.crps_county),
    }


def _scores(one: Scores) -> Json:
    rows = {
        "crps": one.crps, "log": one.surprise, "mase": one.mase, "mase_county": one.mase_county,
        "crps_county": one.crps_county, "coverage_90": one.coverage,
        "coverage_90_busy": one.coverage_busy, "coverage_90_county": one.coverage_county,
        "foretold_over_seen": one.level,
        **{f"pinball_county_{part}": loss for part, loss in one.pinball.items()},
    }  # fmt: skip
    for part, hit in zip(("1", "5", "10"), one.hits, strict=True):
        rows |= {f"hit_rate_{part}": hit.rate, f"pai_{part}": hit.pai, f"pei_{part}": hit.pei}
    return {key: number(value) for key, value in rows.items()}


def _skill(one: Skill) -> Json:
    return {"skill": number(one.value), "low": number(one.low), "high": number(one.high)}


def number(value: float) -> float | None:
    """Rounded; None for what is no number that JSON knows."""
    return round(value, DIGITS) if isfinite(value) else None
