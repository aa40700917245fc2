"""What a well-formed message can't mean: times out of order, places that are nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gongzhi.work.prevention.warnings.cap.message import Alert, Area, Block, LatLon
from gongzhi.work.prevention.warnings.cap.reading import Fault

AHEAD = timedelta(minutes=10)
"""How far a sender's clock may run before ours."""
OLDEST = timedelta(days=7)
"""A message sent longer ago has nothing to tell, whatever it says of its end."""
LONGEST = timedelta(days=31)
"""A warning that ends later than that is a slip of the pen."""
Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""


def faults_of(alert: Alert, at: datetime, county: Box | None = None) -> list[Fault]:
    """Why nobody should act on this message, received at this time."""
    found = _clock_faults(alert, at)
    if alert.scope != "Public":
        found.append(Fault("not_public"))
    if alert.msg_type in {"Ack", "Error"}:
        return [*found, Fault("not_a_warning")]
    if alert.msg_type != "Alert" and not alert.references:
        found.append(Fault("missing", "references"))
    if alert.msg_type != "Cancel":
        found += _content_faults(alert, at)
    found += _place_faults([area for block in alert.blocks for area in block.areas], county)
    return list(dict.fromkeys(found))


def _clock_faults(alert: Alert, at: datetime) -> list[Fault]:
    if alert.sent > at + AHEAD:
        return [Fault("sent_in_future", "sent")]
    return [Fault("too_old", "sent")] if alert.sent < at - OLDEST else []


def _content_faults(alert: Alert, at: datetime) -> list[Fault]:
    found = [] if alert.blocks else [Fault("missing", "info")]
    for block in alert.blocks:
        found += _end_faults(block, alert.sent, at)
        if not block.areas:
            found.append(Fault("no_area", "area"))
        if not (block.headline or block.description):
            found.append(Fault("missing", "headline"))
    return found


def _end_faults(block: Block, sent: datetime, at: datetime) -> list[Fault]:
    if block.expires is None:
        return [Fault("missing", "expires")]
    if block.expires <= sent:
        return [Fault("sent_after_expires", "expires")]
    if block.expires <= at:
        return [Fault("over", "expires")]
    if block.expires > at + LONGEST:
        return [Fault("too_long", "expires")]
    if block.onset and block.onset >= block.expires:
        return [Fault("onset_after_expires", "onset")]
    return []


def _place_faults(areas: Iterable[Area], county: Box | None) -> list[Fault]:
    found = []
    for area in areas:
        spots = [spot for ring in area.polygons for spot in ring]
        spots += [(circle.lat, circle.lon) for circle in area.circles]
        if not spots:
            continue
        if not all(on_earth(spot) for spot in spots):
            swapped = all(on_earth(_turned(spot)) for spot in spots)
            found.append(Fault("swapped" if swapped else "nowhere", "polygon"))
        elif county and _turned_round(spots, county):
            found.append(Fault("swapped", "polygon"))
    return found


def _turned_round(spots: list[LatLon], county: Box) -> bool:
    """Whether they are nowhere near the county, and would be if latitude and longitude changed."""
    here = any(_near(spot, county) for spot in spots)
    return not here and any(_near(_turned(spot), county) for spot in spots)


def on_earth(spot: LatLon) -> bool:
    """Whether it can be a latitude and a longitude, in this order; 0/0 is a missing one."""
    lat, lon = spot
    return -90 <= lat <= 90 and -180 <= lon <= 180 and (abs(lat) > 1e-4 or abs(lon) > 1e-4)


def _turned(spot: LatLon) -> LatLon:
    return spot[1], spot[0]


def _near(spot: LatLon, county: Box) -> bool:
    """In the county's box, or as far from it again as it is wide."""
    south, west, north, east = county
    up, across = north - south, east - west
    lat, lon = spot
    return south - up <= lat <= north + up and west - across <= lon <= east + across
