"""The conditions that hold now, as the router wants them; asked for again every few seconds."""

from __future__ import annotations

from threading import Lock
from time import monotonic

import shapely
from django.db.models import QuerySet

from gongzhi.analysis.travel import Condition, Mode
from gongzhi.base.log.actions import now
from gongzhi.work.dispatch.models import ResponseUnit, WayCondition

LOOK_AGAIN = 3.0
"""Seconds after which another process's change is seen, and one that ended is."""
MODES: dict[str, Mode] = {
    "car": "car", "traffic_car": "traffic_car", "motorcycle": "motorcycle",
    "foot": "foot", "boat": "boat", "other": "car",
}  # fmt: skip
_held: tuple[float, tuple[Condition, ...]] | None = None
_lock = Lock()


def standing_conditions() -> QuerySet[WayCondition]:
    """Those that hold now, the newest first."""
    held = WayCondition.objects.filter(lifted_at__isnull=True, began_at__lte=now(), until__gt=now())
    return held.select_related("set_by").order_by("-began_at", "-pk")


def conditions_of(source: str) -> QuerySet[WayCondition]:
    """What hangs on `source` and isn't over, begun or not."""
    return WayCondition.objects.filter(source=source, lifted_at__isnull=True, until__gt=now())


def conditions() -> tuple[Condition, ...]:
    """What the router has to reckon with."""
    global _held  # noqa: PLW0603  (one for the process, as the network is)
    with _lock:
        if _held is None or monotonic() - _held[0] > LOOK_AGAIN:
            rows = standing_conditions().order_by("pk")
            _held = monotonic(), tuple(one for row in rows for one in _rings(row))
        return _held[1]


def forget_conditions() -> None:
    """Ask again at the next question. Called by the actions that change them."""
    global _held  # noqa: PLW0603
    with _lock:
        _held = None


def _rings(row: WayCondition) -> list[Condition]:
    shape = shapely.from_geojson(row.geometry)
    modes = frozenset(MODES[kind] for kind in row.kinds if kind in ResponseUnit.Kind.values)
    return [
        Condition(
            tuple((x, y) for x, y in part.exterior.coords), row.speed / 100, modes, row.ferries
        )
        for part in getattr(shape, "geoms", [shape])
    ]
