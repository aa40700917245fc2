"""What is known ahead of each day: days off, festivals, and the weather where it is given."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from gongzhi.analysis.forecast import Days
from gongzhi.analysis.forecast.lunar import SPRING, festivals
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused

ONE_DAY = timedelta(days=1)


CHINESE = frozenset({"Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "PRC"})
"""Zones whose counties work by the catalogue's calendar and keep its festivals."""
SPRING_DAYS = 6
SATURDAY = 5
Numbers = NDArray[np.float32]


def days_ahead(first: date, many: int, zone: str, weather: Path | None) -> Days:
    """For so many days from `first` on. Refuses a weather file that can't be read."""
    days = [first + n * ONE_DAY for n in range(many)]
    flags = _off(days) | _festivals(days) if zone in CHINESE else {}
    return Days(flags, _weather(weather, days) if weather else {})


def _off(days: list[date]) -> dict[str, Numbers]:
    """Workdays that are off, weekends that are worked, and the days around several days off."""
    works = catalogue().calendar.day
    around = [days[0] - ONE_DAY, *days, days[-1] + ONE_DAY]
    weekend = {day for day in around if day.weekday() >= SATURDAY}
    off = {day for day in around if not works(day).works}
    more = off - weekend
    return {
        "day_off": _flag(days, more.__contains__),
        "made_up": _flag(days, (weekend - off).__contains__),
        "eve": _flag(days, lambda on: on not in off and on + ONE_DAY in more),
        "first_back": _flag(days, lambda on: on not in off and on - ONE_DAY in more),
    }


def _festivals(days: list[date]) -> dict[str, Numbers]:
    """Each for itself, the days of the Spring Festival, and all of them together."""
    years = range(days[0].year - 1, days[-1].year + 1)
    kept = [festivals(year) for year in years]
    found = {code: {one[code] for one in kept} for code in kept[0]}
    week = {one[SPRING] + n * ONE_DAY for one in kept for n in range(-1, SPRING_DAYS + 1)}
    flags = {code: _flag(days, on.__contains__) for code, on in found.items()}
    any_day = set[date]().union(*found.values())
    return flags | {"spring_week": _flag(days, week.__contains__),
                    "any_festival": _flag(days, any_day.__contains__)}  # fmt: skip


def _flag(days: list[date], holds: Callable[[date], bool]) -> Numbers:
    return np.array([holds(day) for day in days], np.float32)


def _weather(path: Path, days: list[date]) -> dict[str, Numbers]:
    """Its first column is the date, each other one a number."""
    at = {day.isoformat(): n for n, day in enumerate(days)}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            heads, *rows = list(csv.reader(file))
        found = {head: np.full(len(days), np.nan, np.float32) for head in heads[1:]}
        for row in rows:
            for head, value in zip(heads[1:], row[1:], strict=True):
                if row[0] in at and value.strip():
                    found[head][at[row[0]]] = float(value)
    except (OSError, ValueError) as wrong:
        raise Refused(
            _("天气文件“%(file)s”读不懂：第一列是日期（如 2026-11-24），其余各列是数。")
            % {"file": path.name},
            code="weather",
        ) from wrong
    return found
