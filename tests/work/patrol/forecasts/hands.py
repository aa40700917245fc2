"""A county whose residents call, more in some places; and what was judged and foreseen of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import h3.api.basic_int as h3
import numpy as np

from gongzhi.base.matters.models import Matter
from gongzhi.work.patrol.forecasts.counting import CALLS
from gongzhi.work.patrol.forecasts.county import basis
from gongzhi.work.patrol.forecasts.models import (
    BOUNDS,
    CELLS,
    RATES,
    Judgement,
    Outlook,
    packed,
)
from tests.work.prevention.problems.hands import LAST, MIDDLE, TODAY, at, matter

SPOTS = sorted(h3.grid_disk(MIDDLE, 2))
KINDS = ("medical", "traffic_jam")


def calls(days: int = 90, a_day: float = 8, last: date = LAST, **more: Any) -> list[Matter]:
    """Of these days, not saved: two kinds, some places busier than others."""
    dice = np.random.default_rng(5)
    weight = dice.lognormal(0, 1, len(SPOTS))
    first = last - timedelta(days=days - 1)
    return [
        matter(
            first + timedelta(days=day),
            SPOTS[int(dice.choice(len(SPOTS), p=weight / weight.sum()))],
            **{"category": KINDS[int(dice.random() < 0.4)],
               "opened_at": at(first + timedelta(days=day), float(dice.uniform(0, 24))), **more},
        )
        for day in range(days) for _ in range(dice.poisson(a_day))
    ]  # fmt: skip


def verdict(**more: Any) -> dict[str, Any]:
    """Of one kind, as a judgement has it."""
    scores = {"coverage_90": 0.9, "coverage_90_county": 0.88, "hit_rate_10": 0.42,
              "foretold_over_seen": 1.02, "mase_county": 0.71}  # fmt: skip
    return {
        "treats": "harm", "adopted": False, "model": "combination", "used": "kde",
        "best_baseline": "kde", "skill": 0.0012, "skill_low": -0.003, "skill_high": 0.004,
        "calls": 412, "scores": scores,
        "reason": {"zh": "早到几分钟能救命。", "en": "Minutes save lives."},
        **more,
    }  # fmt: skip


def unjudged() -> dict[str, Any]:
    facts = {"calls": 12, "least": 100, "held": 33}
    return {"adopted": False, "model": None, "used": None, "skill": None, "skill_low": None,
            "skill_high": None, "calls": 12, "scores": {}, "why_code": "few_calls",
            "why_facts": facts}  # fmt: skip


def judged(last: date = LAST, **more: Any) -> Judgement:
    """A judgement that is kept: one kind with a model, one with a simple way, one with neither."""
    adopted = verdict(
        adopted=True, used="combination", skill=0.0124, skill_low=0.006, skill_high=0.02
    )
    told: dict[str, Any] = {
        "at": at(last + timedelta(days=1), 1), "last_day": last, "basis": basis(),
        "first_day": last - timedelta(days=139), "days": 140, "cells": len(SPOTS),
        "held_from": last - timedelta(days=34),
        "categories": {"medical": adopted, "theft": verdict(), "robbery": unjudged(),
                       CALLS: verdict(treats="demand", calls=900)},
        "rows": {"read": 2000, "counted": 1700, "own_work": 23, "no_place": 4, "not_listed": 250},
        "audit": {"categories": ["medical", "theft"], "areas": [], "feedback": None, "presence": 0},
        **more,
    }  # fmt: skip
    return Judgement.objects.create(**told)


def foreseen(judgement: Judgement, category: str = "medical", since: date = TODAY, days: int = 7,
             level: float = 1.0) -> list[Outlook]:  # fmt: skip
    """Kept outlooks of these days: the first spot most, falling."""
    rates = level * np.linspace(0.5, 0.01, len(SPOTS))[:, None] * np.array([0.5, 1.0, 1.5])
    low, high = np.zeros_like(rates), np.ceil(3 * rates)
    whole = rates.sum(axis=0)
    rows = [
        Outlook(
            judgement=judgement, category=category, day=since + timedelta(days=n), ahead=n + 1,
            way="combination", adopted=True, made_at=judgement.at, shifts=3,
            cells=packed(np.array(SPOTS), CELLS), expected=packed(rates, RATES),
            low=packed(low, BOUNDS), high=packed(high, BOUNDS),
            county=[[round(float(one), 3), int(one / 3), int(one * 2) + 1] for one in whole],
        )
        for n in range(days)
    ]  # fmt: skip
    return Outlook.objects.bulk_create(rows)
