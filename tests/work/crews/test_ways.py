"""The way there, in the coordinates that each app reads."""

from __future__ import annotations

import re

from gongzhi.base.places.coordinates import Point, metres_between, to_wgs84
from gongzhi.base.places.handing import ways_to

SCENE = Point(30.01, 122.1)


def place_in(url: str, lat: str, lon: str) -> tuple[float, float]:
    found = [re.search(pattern, url) for pattern in (lat, lon)]
    y, x = (float(one[1]) for one in found if one)
    return x, y


def test_each_app_shows_the_same_place() -> None:
    ways = {way.code: way for way in ways_to(SCENE)}
    x, y = place_in(ways["amap"].url, r"dlat=([\d.]+)", r"dlon=([\d.]+)")
    assert metres_between(to_wgs84(x, y, "GCJ-02"), SCENE) < 2
    x, y = place_in(ways["apple"].url, r"daddr=([\d.]+)", r",([\d.]+)&")
    assert metres_between(to_wgs84(x, y, "GCJ-02"), SCENE) < 2
    x, y = place_in(ways["baidu"].url, r"destination=([\d.]+)", r",([\d.]+)&")
    assert metres_between(to_wgs84(x, y, "BD-09"), SCENE) < 2
    assert ways["geo"].url == "geo:30.01,122.1?q=30.01,122.1"


def test_none_of_them_is_another_host_and_none_learns_what_happened() -> None:
    for way in ways_to(SCENE):
        for url in filter(None, (way.url, way.apple)):
            assert not url.startswith("http")
            assert not re.search("name|警|家庭", url)
