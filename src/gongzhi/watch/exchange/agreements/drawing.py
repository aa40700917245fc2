"""What was given in the last weeks, as bars: whole numbers of an SVG's own units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.agreements.models import Given

DAYS, STEP, WIDE, HIGH = 42, 12, 9, 72


@dataclass(frozen=True)
class Bar:
    """One day: rows given as its height; whether something was refused."""

    x: int
    y: int
    height: int
    refused: bool
    words: str


@dataclass(frozen=True)
class Picture:
    """The days, the oldest first, with the sums in words."""

    bars: tuple[Bar, ...]
    most: int
    first: str
    last: str
    said: str
    width: int = DAYS * STEP
    height: int = HIGH


def drawn(given: Iterable[Given]) -> Picture | None:
    """The last six weeks; None where nothing happened in them."""
    today = timezone.localdate(now())
    first = today - timedelta(days=DAYS - 1)
    rows: dict[int, int] = defaultdict(int)
    times: dict[int, int] = defaultdict(int)
    refused: dict[int, int] = defaultdict(int)
    for one in given:
        n = (one.day - first).days
        if 0 <= n < DAYS:
            rows[n] += one.rows
            (refused if one.refused else times)[n] += one.times
    if not times and not refused:
        return None
    most = max(rows.values(), default=0)
    bars = [
        _bar(n, rows[n], times[n], refused[n], most, date_format(first + timedelta(days=n), "m-d"))
        for n in range(DAYS)
    ]
    sums = {"rows": sum(rows.values()), "times": sum(times.values()),
            "refused": sum(refused.values())}  # fmt: skip
    said = _("六周里给了 %(times)s 次、%(rows)s 行，没有给 %(refused)s 次。") % sums
    return Picture(tuple(bars), most, date_format(first, "m-d"), date_format(today, "m-d"), said)


def _bar(n: int, rows: int, times: int, refused: int, most: int, day: str) -> Bar:
    height = max(2 if times else 0, round((HIGH - 12) * rows / most)) if most else 2 * bool(times)
    words = _("%(day)s：给了 %(times)s 次、%(rows)s 行，没有给 %(refused)s 次") % {
        "day": day, "times": times, "rows": rows, "refused": refused,
    }  # fmt: skip
    return Bar(n * STEP, HIGH - height, height, bool(refused), words)
