"""Handing the place of an incident to the phone's own navigation.

Each app reads coordinates in its own system: a place given in the wrong one is half a kilometre
off. The apps are told coordinates and no name, so none of them learns what happened there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.base.places.coordinates import Point, from_wgs84


@dataclass(frozen=True)
class Way:
    """One app: its code, what it is called, and the address that opens it; ``apple`` is the
    address on an iPhone, where it is another one."""

    code: str
    words: str
    url: str
    apple: str = ""


def ways_to(point: Point) -> Sequence[Way]:
    """The first one is every phone's own choice (RFC 5870, WGS 84)."""
    x, y = from_wgs84(point, "GCJ-02")
    east, north = from_wgs84(point, "BD-09")
    amap = f"dlat={y:.6f}&dlon={x:.6f}&dev=0&t=0"
    return [
        Way("geo", _("手机默认地图"), f"geo:{point.lat},{point.lon}?q={point.lat},{point.lon}",
            f"maps://?daddr={y:.6f},{x:.6f}&dirflg=d"),
        Way("amap", _("高德地图"), f"amapuri://route/plan/?{amap}", f"iosamap://path?{amap}"),
        Way("baidu", _("百度地图"),
            f"baidumap://map/direction?destination={north:.6f},{east:.6f}"
            "&coord_type=bd09ll&mode=driving&src=gongzhi"),
        Way("apple", _("苹果地图"), f"maps://?daddr={y:.6f},{x:.6f}&dirflg=d"),
    ]  # fmt: skip
