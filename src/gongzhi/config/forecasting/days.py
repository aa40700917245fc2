"""What is known ahead of each day: days off, festivals, and the weather where it is given."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from gongzhi.analysis.forecast import Days
from gongzhi.base.ui.errors import Refused

ONE_DAY = timedelta(days=1)


def days_ahead(first: date, many: int, zone: str, weather: Path | None) -> Days:
    """For so many days from `first` on. Refuses a weather file that can't be read."""
    days = [first + n * ONE_DAY for n in range(many)]
    return Days(weather=_weather(weather, days) if weather else {})


def _weather(
    path: Path, days: list[date]
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]:
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
