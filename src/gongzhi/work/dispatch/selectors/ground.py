"""Where help is wanted, how often, and what the county promised: what cover is reckoned against.

Only places and times: calls about harm (`Category.harm`) that residents made, counted in cells of
some 0.7 km², and the county's addresses for where nothing has happened yet. Read anew every
`KEPT` seconds, once a process.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from threading import Lock
from time import monotonic

import h3.api.basic_int as h3
import numpy as np
from django.conf import settings
from django.db.models import Avg, Count, F, Min
from django.db.models.functions import ExtractHour
from django.utils import timezone

from gongzhi.analysis.dispatching import Ground, Load
from gongzhi.analysis.travel import Spot
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.places.areas import areas_of
from gongzhi.base.places.cells import middle_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.work.dispatch.lands import lands_of
from gongzhi.work.dispatch.models import Assignment
from gongzhi.work.dispatch.selectors.queue import incidents

RESOLUTION = 8
DAYS, LOAD_DAYS = 90, 28
PRIOR = 0.2
"""The part of the demand that is spread over addresses, wherever calls came from so far."""
KEPT = 600.0
FEW = 20
"""With fewer units sent than that, `USUAL` is taken."""
USUAL = Load(calls_an_hour=1.0, seconds_a_call=40 * 60.0)
LONGEST, SHORTEST = 3 * 3600.0, 10 * 60.0
_UNPROMISED, _UNAIMED = 15 * 60.0, 0.9


@dataclass(frozen=True)
class Promise:
    """From being sent to being there (s), and the part of calls in which that is meant to be kept.
    ``whole``: the same from the call on, as the county says it."""

    seconds: float
    whole: float
    aim: float


@dataclass(frozen=True)
class CountyGround:
    """Cells, a spot and an area's code for each, and what `analysis` reckons with."""

    edition: int
    cells: tuple[int, ...]
    spots: tuple[Spot, ...]
    areas: tuple[str, ...]
    ground: Ground
    loads: Mapping[int, Load]
    """By hour of the day."""

    def number_of(self, area: str) -> int:
        """The area's number in `ground`; -1 for none."""
        return self.areas.index(area) if area in self.areas else -1


_editions = count(1)
_held: tuple[float, str, CountyGround | None] | None = None
_lock = Lock()


def county_ground() -> CountyGround | None:
    """What cover is reckoned over; None while the county knows no address and had no call."""
    global _held  # noqa: PLW0603  (one for each process)
    home = str(settings.HOME.root)
    with _lock:
        if _held is None or _held[1] != home or monotonic() - _held[0] > KEPT:
            _held = (monotonic(), home, _read())
        return _held[2]


def forget_ground() -> None:
    """Read everything anew at the next question."""
    global _held  # noqa: PLW0603
    with _lock:
        _held = None


def promise() -> Promise:
    """The first promise of arrival in the catalogue that has an aim, less the time promised for
    sending somebody."""
    clocks = catalogue().clocks.values()
    aimed = [one for one in clocks if one.aim is not None]
    if not aimed:
        return Promise(_UNPROMISED, _UNPROMISED, _UNAIMED)
    arrival = aimed[0]
    whole = arrival.limit.length.total_seconds()
    sent = [
        one.limit.length.total_seconds()
        for one in clocks
        if "step:dispatched" in one.stops_on and one.authority == "promise"
        and one.when.get("priority") == arrival.when.get("priority")
    ]  # fmt: skip
    return Promise(whole - min([*sent, whole / 2]), whole, arrival.aim or _UNAIMED)


def cover_classes() -> list[float]:
    """The borders (s, whole minutes) between the five classes in which cover is shown: three
    within the promise, two beyond it."""
    within = promise().seconds
    return [60.0 * max(1, round(part * within / 60)) for part in (1 / 3, 2 / 3, 1, 2)]


def _read() -> CountyGround | None:
    calls, known = _calls(), _addresses()
    cells = sorted(calls.keys() | known.keys())
    if not cells:
        return None
    points = [known[cell][1] if cell in known else middle_of(cell) for cell in cells]
    spots = tuple(
        Spot(point.lat, point.lon, land)
        for point, land in zip(points, lands_of(points), strict=True)
    )
    codes = [area.code if area else "" for area in areas_of(points, "station_area")]
    areas = tuple(dict.fromkeys(code for code in codes if code))
    numbers = np.array([areas.index(code) if code else -1 for code in codes])
    weights = {cell: known[cell][0] if cell in known else 0 for cell in cells}
    demand = _demand([calls[cell] for cell in cells], [weights[cell] for cell in cells])
    ground = Ground(demand, numbers)
    return CountyGround(next(_editions), tuple(cells), spots, areas, ground, _loads())


def _demand(calls: list[int], addresses: list[int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Each cell's part of all calls: those of the past, and some by where people live."""
    both = [np.array(part, float) / sum(part) if sum(part) else None for part in (calls, addresses)]
    past, lived = both
    if past is None or lived is None:
        found = past if past is not None else lived
        assert found is not None  # noqa: S101  (there is a cell, so there is one of the two)
        return found
    return (1 - PRIOR) * past + PRIOR * lived


def _calls() -> Counter[int]:
    """How many calls about harm came from each cell."""
    harm = [code for code, one in catalogue().categories.items() if one.harm]
    since = now() - timedelta(days=DAYS)
    rows = incidents().filter(category__in=harm, opened_at__gte=since, h9__isnull=False)
    found: Counter[int] = Counter()
    for cell, n in rows.values_list("h9").annotate(n=Count("pk")).order_by():
        found[int(h3.cell_to_parent(cell, RESOLUTION))] += n
    return found


def _addresses() -> dict[int, tuple[int, Point]]:
    """How many addresses and places each cell has, and their middle."""
    rows = GazetteerEntry.objects.filter(county__own=True).order_by().values_list("h9")
    summed: dict[int, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for cell, n, lat, lon in rows.annotate(n=Count("pk"), lat_=Avg("lat"), lon_=Avg("lon")):
        whole = summed[int(h3.cell_to_parent(cell, RESOLUTION))]
        whole[0] += n
        whole[1] += n * lat
        whole[2] += n * lon
    return {cell: (int(n), Point(lat / n, lon / n)) for cell, (n, lat, lon) in summed.items()}


def _loads() -> dict[int, Load]:
    """By hour of the day, over the hours beside it, too: units sent an hour, and for how long."""
    since = now() - timedelta(days=LOAD_DAYS)
    sent = Assignment.objects.filter(
        assigned_at__gte=since, unit__county__isnull=True, matter__procedure="incident"
    )
    first = sent.aggregate(first=Min("assigned_at"), n=Count("pk"))
    if first["n"] < FEW:
        return dict.fromkeys(range(24), USUAL)
    days = max((now() - first["first"]) / timedelta(days=1), 1.0)
    took = sent.filter(cleared_at__isnull=False).aggregate(
        took=Avg(F("cleared_at") - F("assigned_at"))
    )["took"]
    seconds = took.total_seconds() if took else USUAL.seconds_a_call
    zone = timezone.get_default_timezone()
    hours = sent.annotate(hour=ExtractHour("assigned_at", tzinfo=zone)).values_list("hour")
    counts = Counter(dict(hours.annotate(n=Count("pk")).order_by()))
    return {
        hour: Load(
            max(sum(counts[(hour + by) % 24] for by in (-1, 0, 1)) / 3 / days, 0.05),
            min(max(seconds, SHORTEST), LONGEST),
        )
        for hour in range(24)
    }
