"""What ways to forecast are called, and why nothing can be said, in the active language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from gongzhi.analysis.forecast import Unfit
from gongzhi.base.catalogue.load import catalogue
from gongzhi.work.patrol.forecasts.counting import CALLS

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
ALL_CALLS = gettext_lazy("其他求助和纠纷，合计")
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
    """Why nothing can be said."""
    return in_words(unfit.code, unfit.facts)


def in_words(code: str, facts: Mapping[str, Any]) -> str:
    """The same of what was kept of it."""
    return str(UNFIT[code]) % facts


def called(code: str) -> str:
    """What the category is called."""
    if code == CALLS:
        return str(ALL_CALLS)
    item = catalogue().categories.get(code)
    return str(item.name) if item else code
