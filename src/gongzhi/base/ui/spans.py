"""How long, how long ago, how long still: times as people say them.

`frontend/js/spans.js` does the same in the browser, so that a page keeps counting.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from gongzhi.base.ui.words import WORDS

MINUTE, HOUR, DAY = 60, 3600, 86400


def span(seconds: float) -> str:
    """Two units at most: ``3 分 17 秒``, ``2 小时 5 分``, ``4 天``. Negative counts as positive."""
    whole = int(abs(seconds))
    days, rest = divmod(whole, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, secs = divmod(rest, MINUTE)
    parts = {"d": days, "h": hours, "m": minutes, "s": secs}
    return str(WORDS[f"span.{_units(days, hours, minutes, secs)}"]) % parts


def _units(days: int, hours: int, minutes: int, seconds: int) -> str:
    if days:
        return "dh" if hours and days < 3 else "d"
    if hours:
        return "hm" if minutes else "h"
    if minutes:
        return "ms" if seconds else "m"
    return "s"


def rough_span(seconds: float) -> str:
    """One unit: ``3 分钟``, ``2 小时``, ``4 天``; for moments gone by."""
    whole = int(abs(seconds))
    for unit, size in (("d", DAY), ("h", HOUR), ("m", MINUTE)):
        if whole >= size:
            return str(WORDS[f"span.{unit}"]) % {unit: whole // size}
    return str(WORDS["span.s"]) % {"s": whole}


def short_span(seconds: float) -> str:
    """As on a stop-watch, for narrow columns: ``3:17``, ``1:05:12``, from two days on in words."""
    whole = int(abs(seconds))
    if whole >= 2 * DAY:
        return rough_span(whole)
    minutes, secs = divmod(whole, MINUTE)
    hours, minutes = divmod(minutes, MINUTE)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def ago(at: datetime, now: datetime | None = None) -> str:
    """``刚刚``, ``3 分钟前``, ``2 小时后``; a date when it is a week or more away."""
    seconds = ((now or timezone.now()) - at).total_seconds()
    if abs(seconds) >= 7 * DAY:
        return moment(at, now)
    if abs(seconds) < MINUTE:
        return str(WORDS["ago.now"])
    key = "ago.past" if seconds > 0 else "ago.ahead"
    return str(WORDS[key]) % {"span": rough_span(seconds)}


def until(due: datetime, now: datetime | None = None) -> str:
    """``还剩 4 分 20 秒`` or ``已超 3 分 5 秒``."""
    seconds = (due - (now or timezone.now())).total_seconds()
    key = "due.late" if seconds < 0 else "due.left"
    return str(WORDS[key]) % {"span": span(seconds)}


def moment(at: datetime, now: datetime | None = None) -> str:
    """The county's own clock: ``今天 14:32``, ``11月3日 14:32``, with the year if it is another."""
    here = timezone.localtime(at)
    today = timezone.localtime(now or timezone.now()).date()
    clock = f"{here:%H:%M}"
    near = {0: "day.today", -1: "day.yesterday", 1: "day.tomorrow"}.get((here.date() - today).days)
    if near:
        return str(WORDS[near]) % {"time": clock}
    return f"{day(at, with_year=here.year != today.year)} {clock}"


def day_hour(at: datetime) -> str:
    """``11月3日 14:32``: for what may be read on another day than it was written, as on paper."""
    here = timezone.localtime(at)
    return f"{day(at, with_year=False)} {here:%H:%M}"


def day(at: datetime, *, with_year: bool = True) -> str:
    """The date alone: ``2026年11月3日``, ``3 Nov 2026``."""
    chinese = (get_language() or "").startswith("zh")
    forms = ("Y年n月j日", "n月j日") if chinese else ("j M Y", "j M")
    return date_format(timezone.localtime(at), forms[0 if with_year else 1])


def is_soon(due: datetime, started: datetime | None, now: datetime | None = None) -> bool:
    """True in the last fifth of the time allowed (or the last hour, when the start is unknown)."""
    left = due - (now or timezone.now())
    allowed = (due - started) if started else timedelta(hours=5)
    return timedelta(0) <= left <= allowed / 5
