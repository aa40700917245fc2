"""How fast the next call would be reached, with the units that are free now.

What it costs is bounded. The seconds from a block of houses to every cell are kept (`ROWS` of
them), so a unit that moves asks the network for one row at most, and nothing when it comes back.
The cover itself is reckoned anew at once when a unit becomes free or is taken, and no more often
than every `CALM` seconds while units only move; all desks of a process share it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from math import floor
from threading import Lock
from time import monotonic
from typing import NamedTuple

import numpy as np
from django.utils import timezone

from gongzhi.analysis.dispatching import Cover, Level
from gongzhi.analysis.dispatching.hypercube import Floats
from gongzhi.analysis.travel import Mode, Spot
from gongzhi.base.places.areas import areas_of
from gongzhi.base.places.cells import as_text
from gongzhi.work.dispatch.board import CoverNow
from gongzhi.work.dispatch.conditions import conditions
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.network import router
from gongzhi.work.dispatch.selectors.ground import CountyGround, county_ground, promise
from gongzhi.work.dispatch.selectors.reasons import minutes
from gongzhi.work.dispatch.selectors.units import MODES, spots_of
from gongzhi.work.dispatch.states import Status

CALM = 5.0
ROWS = 3000


class _Row(NamedTuple):
    edition: int
    mode: Mode
    hour: int
    h9: int
    ways: int
    conditions: int


_rows: OrderedDict[_Row, Floats] = OrderedDict()
_last: tuple[float, object, Cover] | None = None
_lock = Lock()


def cover_of(units: Iterable[ResponseUnit]) -> Cover | None:
    """The cover by those of these units that are free and have said where they are; None where
    the county has nothing to cover yet."""
    global _last  # noqa: PLW0603  (one for each process)
    known = county_ground()
    if known is None:
        return None
    free = sorted(
        (one for one in units if one.status == Status.FREE and one.point), key=lambda one: one.pk
    )
    hour = timezone.localtime().hour
    state = (known.edition, hour, conditions(), tuple((one.pk, one.kind) for one in free))
    with _lock:
        if _last is not None and _last[1] == state and monotonic() - _last[0] < CALM:
            return _last[2]
        cover = _reckoned(known, free, hour)
        _last = (monotonic(), state, cover)
        return cover


def free_units() -> list[ResponseUnit]:
    """Those that make up the cover."""
    return list(ResponseUnit.objects.filter(status=Status.FREE, lat__isnull=False))


def seconds_to_cells(known: CountyGround, mode: Mode, spot: Spot, h9: int, hour: int) -> Floats:
    """Seconds from the place to every cell for one who rides in this; infinite where it can't
    go."""
    ways = router()
    key = _Row(known.edition, mode, hour, h9, id(ways), hash(conditions()))
    row = _rows.get(key)
    if row is None:
        row = _rows[key] = ways.seconds(mode, [spot], known.spots, hour=hour)[0]
        while len(_rows) > ROWS:
            _rows.popitem(last=False)
    else:
        _rows.move_to_end(key)
    return row


def map_cover(cover: Cover | None) -> list[dict[str, object]]:
    """Each cell with the seconds until its next call would be reached, for the map."""
    known = county_ground()
    if cover is None or known is None:
        return []
    return [
        {"cell": as_text(cell), "value": round(seconds)}
        for cell, seconds in zip(known.cells, cover.expected.tolist(), strict=True)
    ]


def cover_now(cover: Cover | None) -> CoverNow | None:
    """The county's number for the bar above the console."""
    if cover is None:
        return None
    level, said = cover.county(), promise()
    return CoverNow(
        minutes=minutes(level.seconds),
        within=floor(100 * level.within),
        aim=round(100 * said.aim),
        promised=minutes(said.whole),
        short=is_short(level),
    )


def is_short(level: Level) -> bool:
    """Whether the promise would be kept less often than the county means to."""
    return level.within < promise().aim


def _reckoned(known: CountyGround, free: list[ResponseUnit], hour: int) -> Cover:
    points = [point for one in free if (point := one.point)]
    spots = spots_of(points)
    columns = [
        seconds_to_cells(known, MODES[one.kind], spot, one.h9 or 0, hour)
        for one, spot in zip(free, spots, strict=True)
    ]
    seconds = np.array(columns).reshape(len(free), known.ground.cells).T
    areas = [area.code if area else "" for area in areas_of(points, "station_area")]
    numbers = [known.number_of(code) for code in areas]
    load, said = known.loads[hour], promise()
    return Cover(known.ground, [one.pk for one in free], seconds, load, said.seconds, numbers)
