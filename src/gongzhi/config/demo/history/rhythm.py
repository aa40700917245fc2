"""When things happen: hours of the day, days of the week, full weekends, storms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar
import numpy as np
from numpy.typing import NDArray

ZONE = ZoneInfo("Asia/Shanghai")
Weights = NDArray[np.float64]


def _bumps(floor: float, *bumps: tuple[float, float, float]) -> Weights:
    """Hourly weights: a floor and bumps of (hour, width in hours, height), around the clock."""
    hours = np.arange(24) + 0.5
    weight = np.full(24, floor)
    for middle, width, height in bumps:
        away = np.abs(hours - middle)
        weight += height * np.exp(-((np.minimum(away, 24 - away) / width) ** 2))
    return np.asarray(weight / weight.sum())


HOURS: dict[str, Weights] = {
    "flat": _bumps(1.0, (21, 4, 0.4)),
    "day": _bumps(0.12, (10, 2.5, 1.0), (16, 3.0, 1.0), (20, 2.0, 0.5)),
    "office": _bumps(0.06, (9.8, 1.8, 1.2), (15, 2.0, 1.0), (20.5, 1.5, 0.4)),
    "commute": _bumps(0.1, (8, 1.2, 1.1), (12, 1.5, 0.4), (17.6, 1.6, 1.2)),
    "meal": _bumps(0.05, (12.3, 1.3, 1.0), (18.8, 1.8, 1.3)),
    "evening": _bumps(0.1, (20, 2.5, 1.2), (13, 2.0, 0.2)),
    "night": _bumps(0.08, (22.8, 2.2, 1.3), (1.0, 1.8, 0.8)),
    "late": _bumps(0.1, (2.5, 2.2, 1.0), (22.5, 1.8, 0.6)),
    "early": _bumps(0.12, (6.2, 1.8, 1.2), (15, 3.0, 0.3)),
}
WEEK: dict[str, tuple[float, ...]] = {
    "flat": (1.0,) * 7,
    "weekend": (0.85, 0.82, 0.85, 0.92, 1.15, 1.35, 1.1),
    "work": (1.25, 1.2, 1.15, 1.15, 1.1, 0.6, 0.5),
}
SEASON = (0.1, 0.2, 0.2, 0.4, 0.6, 0.6, 1.0, 1.0, 0.6, 0.8, 0.35, 0.15)
"""How many visitors there are, month by month; 1 is as many as the beds hold."""


@dataclass(frozen=True)
class Tendency:
    """When and where one category happens (``words/tendencies.toml`` says what it means)."""

    category: str
    share: float
    hours: str
    places: dict[str, float]
    week: str = "flat"
    tourism: float = 0.0
    storm: float = 0.0
    repeat: float = 0.0
    also: float = 0.0

    def on(self, day: date, seed: int) -> float:
        """How much of it there is on a day; 1 is an ordinary one."""
        much = WEEK[self.week][day.weekday()] * (1 + self.tourism * visitors(day))
        return much * (1 + self.storm * storm(day, seed))


@cache
def visitors(day: date) -> float:
    """How full of visitors the county is, 0 to about 1.7."""
    full = SEASON[day.month - 1]
    if is_holiday(day) and day.weekday() < 5:
        return full + 0.7
    return full * (1.45 if day.weekday() >= 5 else 0.85)


def is_holiday(day: date) -> bool:
    """Whether offices are closed; weekends only, where the official calendar isn't known yet."""
    try:
        return bool(chinese_calendar.is_holiday(day))
    except NotImplementedError:
        return day.weekday() >= 5


@cache
def storm(day: date, seed: int) -> float:
    """How hard it blows: 0 on most days, 1 in a storm, about one every six weeks."""
    rng = np.random.default_rng([seed, day.toordinal() // 42])
    worst = int(rng.integers(42))
    away = abs(day.toordinal() % 42 - worst)
    return (1.0, 0.35, 0.0)[min(away, 2)]
