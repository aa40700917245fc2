"""What was found, for people on the terminal and for programs in a file."""

from __future__ import annotations

import json
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console

from gongzhi.config.forecasting.report import verdicts, ways
from gongzhi.work.patrol.forecasts.naming import in_words
from gongzhi.work.patrol.forecasts.verdicts import Json

WIDE = 116
"""Columns of a table that goes into a file."""
ON_THE_TERMINAL = "-"


def tell(found: Json, *, out: Path | None, details: bool) -> None:
    """Write JSON where it was asked for, and tell the rest in words."""
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if str(out) == ON_THE_TERMINAL:
        print(text)
        return
    if out is not None:
        out.write_text(text + "\n", "utf-8")
    told = Console()
    told = told if told.is_terminal else Console(width=WIDE)
    if any(one["used"] for one in found["categories"].values()):
        told.print(verdicts(found["categories"]))
        _say(told, _("★：模型在没有见过的几周里稳稳胜过所有简单办法；否则用最好的简单办法。"))
        _say(told, _("优势：比最好的简单办法好多少（95% 区间）。区间实含：90% 区间实际含多少。"))
        _say(told, _("前 10% 含：排在最前的十分之一网格有多少来电。"))
    for code, one in found["categories"].items():
        if one["used"] is None:
            _say(told, f"{code}: {in_words(one['why_code'], one['why_facts'])}")
        elif details:
            told.print(ways(code, one))
    _frame(told, found)


def _frame(told: Console, found: Json) -> None:
    facts = found["holdout"] | {"ahead": found["ahead_days"], "cells": found["cells"]}
    _say(told, _("检验期：%(first_day)s 起 %(weeks)s 周，此前没有用过。") % facts)
    _say(told, _("提前 %(ahead)s 天，按 %(cells)s 个网格和班次预测。") % facts)
    if found["days_without_counting"]:
        silent = {"days": found["days_without_counting"]}
        _say(told, _("%(days)s 天里没有任何记录，按没有统计处理。") % silent)
    if found["not_listed"]:
        left = {"categories": ", ".join(found["not_listed"])}
        _say(told, _("不预测的类别：%(categories)s。") % left)
    print(", ".join(f"{number} {key}" for key, number in found["rows"].items()), flush=True)


def _say(told: Console, said: str) -> None:
    told.print(said, highlight=False, markup=False, soft_wrap=True)
