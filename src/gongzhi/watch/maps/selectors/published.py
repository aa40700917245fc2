"""The marks of the county: all that the three maps may count, made from the lake's files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from math import isfinite
from pathlib import Path
from threading import Lock
from time import monotonic

from django.utils import timezone

from gongzhi.analysis.disclosure import Marks, marks_of
from gongzhi.analysis.panel import HoursOfWeek, Shifts, engine
from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.watch.exchange.lake.checking import cursor
from gongzhi.watch.exchange.lake.models import Month
from gongzhi.watch.exchange.lake.writing import file_of
from gongzhi.watch.maps.asked import KINDS, left_out

LOOK_AGAIN, WHILE_BEHIND = 900.0, 10.0
"""Seconds after which it is asked whether the lake has changed: what is corrected in days that are
over can wait; what a lake that is still reading the log will tell can't."""


@dataclass(frozen=True)
class Published:
    """The county's marks up to the last day that is over. ``edition``: the day, and each month's
    file."""

    marks: Marks
    latest: date
    edition: tuple[object, ...]


_kept: list[tuple[float, Path, Published]] = []
_lock = Lock()


def published(*, looked: bool = False) -> Published:
    """What may be counted now. Made anew after midnight, and when files of the lake changed: by
    now with `looked`, else a while ago."""
    with _lock:
        today, folder = _day_in_hand(), file_of("x").parent.parent
        if _kept:
            since, where, held = _kept[0]
            same = where == folder and held.edition[0] == today
            whole = len(held.marks) and today == timezone.localdate(now())
            wait = LOOK_AGAIN if whole else WHILE_BEHIND
            if same and not looked and monotonic() - since < wait:
                return held
        edition = (today, *_months())
        found = _kept[0][2] if _kept and (folder, edition) == _known() else _made(today, edition)
        _kept[:] = [(monotonic(), folder, found)]
        return found


def forget() -> None:
    """Look at the lake again at the next question."""
    with _lock:
        _kept.clear()


def _day_in_hand() -> date:
    """The first day that isn't over: today, or where the lake stands that is behind the log."""
    at = now()
    read = cursor()
    if Entry.objects.filter(seq__gt=read).exists():
        last = Entry.objects.filter(seq__lte=read).order_by("-seq").values_list("at", flat=True)
        at = min(at, last.first() or at)
    return timezone.localdate(at)


def _known() -> tuple[Path, tuple[object, ...]]:
    return _kept[0][1], _kept[0][2].edition


def _months() -> list[tuple[str, str]]:
    """Each month's file that there is; the lake writes those that changed within a minute."""
    written = Month.objects.exclude(written_at=None).order_by("month")
    return list(written.values_list("month", "digest"))


def _made(today: date, edition: tuple[object, ...]) -> Published:
    files = [path for month, _digest in _months() if (path := file_of(month)).exists()]
    return Published(marks_in(files, today), today - timedelta(days=1), edition)


def marks_in(files: Iterable[Path], today: date) -> Marks:
    """The marks of the own county's facts in these files, before `today`."""
    paths = list(files)
    if not paths:
        return Marks.of(_none())
    zone = timezone.get_default_timezone_name()
    with engine() as duckdb:
        facts = duckdb.read(paths)
        told = facts.filter(
            facts.source == "", ~facts.merged, facts.kind.isin(KINDS),
            facts.category.cast("string").notin(["", *left_out()]),
        )  # fmt: skip
        told = told.mutate(at=told.opened_at, cell=told.h8)
        began = duckdb.backend.execute(told.at.epoch_seconds().min())
        since, until = _midnight_of(began), _midnight(today)
        if since is None or since >= until:
            return Marks.of(_none())
        marks = marks_of(told, Shifts(since, until, zone, (0,)), HoursOfWeek(since, until, zone))
        return Marks.of(duckdb.backend.to_pyarrow(marks))


def _midnight_of(epoch: object) -> datetime | None:
    """When the day of this moment began; None when there is no moment."""
    if not isinstance(epoch, int | float) or not isfinite(epoch):  # no fact
        return None
    return _midnight(timezone.localdate(datetime.fromtimestamp(epoch, UTC)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), timezone.get_default_timezone())


@cache
def _none() -> object:
    import pyarrow as pa

    text, whole = pa.array([], pa.string()), pa.array([], pa.int64())
    return pa.table({"kind": text, "cell": whole, "day": whole, "category": text, "town": text,
                     "hour": whole})  # fmt: skip
