"""What an evaluation says, as JSON and as a table for people."""

from __future__ import annotations

from math import isfinite
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.box import SIMPLE_HEAD
from rich.table import Table

from gongzhi.analysis.forecast import MODELS, Evaluation, Scores, Skill, Unfit
from gongzhi.base.catalogue.load import catalogue
from gongzhi.config.forecasting.reading import CALLS

Json = dict[str, Any]
DIGITS = 6
NAMES: dict[str, Promise] = {
    "last_week": gettext_lazy("上周同一班次"),
    "same_week_last_year": gettext_lazy("去年同一周"),
    "past_year": gettext_lazy("过去一年的次数"),
    "moving_4_weeks": gettext_lazy("四周移动平均"),
    "moving_12_weeks": gettext_lazy("十二周移动平均"),
    "climatology": gettext_lazy("常年平均"),
    "kde": gettext_lazy("密度图"),
    "self_exciting": gettext_lazy("自激模型"),
    "regression": gettext_lazy("历法模型"),
    "combination": gettext_lazy("组合模型"),
}
UNFIT: dict[str, Promise] = {
    "resolution": gettext_lazy("预测只用 %(coarsest)s 至 %(finest)s 级的同一级网格。"),
    "no_calls": gettext_lazy("留作检验的几周之前，没有一个带位置的来电。"),
    "few_days": gettext_lazy(
        "%(days)s 个整天太少：至少要 %(least)s 天，用来学习、选择，还要留出四周检验。"
    ),
    "few_calls": gettext_lazy(
        "%(calls)s 个来电太少，无法判断：检验期之前至少要 %(least)s 个，其间至少要 %(held)s 个。"
    ),
    "silent": gettext_lazy("用来学习或检验的大多数日子里，没有任何来电。"),
}


def why(unfit: Unfit) -> str:
    """Why nothing can be said, in the language of whoever asks."""
    return str(UNFIT[unfit.code]) % unfit.facts


def words(one: Json) -> str:
    """The same of a category that nothing can be said about."""
    said: str = str(UNFIT[one["why_code"]]) % one["why_facts"]
    return said


def about(code: str) -> Json:
    """As what a category is foreseen, and why it may be."""
    of = (one for one in catalogue().forecasts.values() if code in one.categories)
    reason = next(of).reason if code != CALLS else None
    if reason is None:
        return {"treats": "demand"}
    return {"treats": "harm", "reason": {"zh": reason.zh, "en": reason.en}}


def judged(found: Evaluation) -> Json:
    """What was found of one category."""
    verdict, low = found.verdict, found.verdict.over[found.verdict.best]
    return {
        "adopted": verdict.adopted,
        "model": found.candidate,
        "used": found.used,
        "best_baseline": verdict.best,
        "skill": _number(low.value),
        "skill_low": _number(low.low),
        "skill_high": _number(low.high),
        "skill_over": {code: _skill(one) for code, one in verdict.over.items()},
        "calls": found.calls,
        "calls_held_back": found.held_back,
        "scores": _beside(found),
        "methods": {code: _scores(one) for code, one in found.scores.items()},
        "weights": {code: _number(one) for code, one in found.chosen.shares.items()},
        "kde_bandwidth_cells": found.chosen.bandwidth,
    }


def unjudged(unfit: Unfit, calls: int) -> Json:
    """Of one category about which nothing can be said."""
    return {"adopted": False, "model": None, "used": None, "skill": None, "skill_low": None,
            "skill_high": None, "calls": calls, "scores": {}, "why": str(unfit),
            "why_code": unfit.code, "why_facts": unfit.facts}  # fmt: skip


def _beside(found: Evaluation) -> Json:
    """The scores of what is used, and the climatology's beside them."""
    climate = found.scores["climatology"]
    return _scores(found.scores[found.used]) | {
        "crps_climatology": _number(climate.crps),
        "crps_county_climatology": _number(climate.crps_county),
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
    return {key: _number(value) for key, value in rows.items()}


def _skill(one: Skill) -> Json:
    return {"skill": _number(one.value), "low": _number(one.low), "high": _number(one.high)}


def _number(value: float) -> float | None:
    return round(value, DIGITS) if isfinite(value) else None


EARNED = "★"


def verdicts(categories: dict[str, Json]) -> Table:
    """A line for each category that could be judged: what is used, and how sure that is."""
    table = Table(box=SIMPLE_HEAD)
    table.add_column(str(_("类别")), no_wrap=True)
    table.add_column(str(_("次数")), justify="right")
    table.add_column(str(_("采用的办法")))
    for heading in (_("优势，%"), _("区间实含，%"), _("前 10% 含")):
        table.add_column(str(heading), justify="right", no_wrap=True)
    for code, one in categories.items():
        if one["used"] is not None:
            table.add_row(code, str(one["calls"]), *_cells(one))
    return table


def _cells(one: Json) -> list[str]:
    low, high = (_part(one[key], 2) for key in ("skill_low", "skill_high"))
    used = str(NAMES[one["used"]])
    return [
        f"{EARNED} {used}" if one["adopted"] else used,
        f"{_part(one['skill'], 2)} [{low}, {high}]",
        *(_part(one["scores"][key], 1) for key in ("coverage_90", "hit_rate_10")),
    ]


def _part(value: float | None, digits: int) -> str:
    return "—" if value is None else f"{100 * value:.{digits}f}"


DETAILS = {
    "CRPS": ("crps", 5), "log": ("log", 5), "MASE": ("mase", 2), "MASE Σ": ("mase_county", 2),
    "90 %": ("coverage_90", 3), "90 % Σ": ("coverage_90_county", 3), "PAI 1": ("pai_1", 1),
    "PAI 5": ("pai_5", 1), "PEI 5": ("pei_5", 2), "hit 10": ("hit_rate_10", 3),
}  # fmt: skip
"""Columns of what is shown of each way to forecast; Σ: of the whole county."""


def ways(code: str, one: Json) -> Table:
    """A line for each way to forecast one category; a star for the one that is used."""
    table = Table(box=SIMPLE_HEAD)
    table.add_column(code, no_wrap=True)
    for heading in DETAILS:
        table.add_column(heading, justify="right", no_wrap=True)
    for way, scores in one["methods"].items():
        row = (_figure(scores[key], digits) for key, digits in DETAILS.values())
        mark = " *" if way == one["used"] else ""
        table.add_row(f"{way}{mark}", *row, style="bold" if way in MODELS else None)
    return table


def _figure(value: float | None, digits: int) -> str:
    return "—" if value is None else f"{value:.{digits}f}"
