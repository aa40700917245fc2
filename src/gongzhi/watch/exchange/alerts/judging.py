"""Whether a message from outside is for us, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import shapely

from gongzhi.base.places.coordinates import Bounds
from gongzhi.watch.exchange.alerts.models import Heard
from gongzhi.work.prevention.warnings.cap import Alert, NotReadable, read_alert
from gongzhi.work.prevention.warnings.cap.reading import Fault
from gongzhi.work.prevention.warnings.cap.sense import Box, faults_of
from gongzhi.work.prevention.warnings.shapes import place_of


@dataclass(frozen=True)
class Verdict:
    """``alert``: what could be read of it; ``reasons``: why it was turned away."""

    state: str
    alert: Alert | None = None
    reasons: tuple[str, ...] = ()


def judge(xml: bytes, at: datetime, county: Bounds | None) -> Verdict:
    """A message received at this time: proposed, elsewhere, or turned away with the reasons."""
    try:
        alert = read_alert(xml)
    except NotReadable as why:
        return _turned_away(None, why.faults)
    if alert.status != "Actual":  # an exercise, a test or a draft is never shown as real
        return _turned_away(alert, [Fault(f"status_{alert.status.lower()}")])
    faults = faults_of(alert, at, _box(county) if county else None)
    if alert.msg_type != "Cancel" and not faults:
        faults = _shape_faults(alert)
    if faults:
        return _turned_away(alert, faults)
    if alert.msg_type != "Cancel" and county and not _touches(alert, county):
        return Verdict(Heard.State.ELSEWHERE, alert)
    return Verdict(Heard.State.PROPOSED, alert)


def _turned_away(alert: Alert | None, faults: tuple[Fault, ...] | list[Fault]) -> Verdict:
    return Verdict(Heard.State.TURNED_AWAY, alert, tuple(str(one) for one in faults))


def _box(county: Bounds) -> Box:
    return county.south, county.west, county.north, county.east


def _shape_faults(alert: Alert) -> list[Fault]:
    """A place that is told in codes alone can't be drawn, and nobody knows whether it is ours."""
    areas = [area for block in alert.blocks for area in block.areas]
    drawn = any(area.polygons or area.circles for area in areas)
    return [] if drawn else [Fault("no_shape", "area")]


def _touches(alert: Alert, county: Bounds) -> bool:
    shape = place_of(area for block in alert.blocks for area in block.areas).drawn()
    box = shapely.box(county.west, county.south, county.east, county.north)
    return bool(shape.intersects(box))
