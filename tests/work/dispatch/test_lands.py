"""Where the nearest shore is, as the county's own map draws its lands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongzhi.base.places.coordinates import Point
from gongzhi.config.home import Home
from gongzhi.work.dispatch.lands import lands_of, shores_near


def square(west: float, south: float) -> dict[str, object]:
    ring = [(west, south), (west + 0.1, south), (west + 0.1, south + 0.1), (west, south + 0.1)]
    return {"type": "Feature", "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}}  # fmt: skip


@pytest.fixture
def two_islands(tmp_path: Path, settings: Any) -> None:
    settings.HOME = Home(tmp_path)
    settings.HOME.layers.mkdir(parents=True)
    drawn = {"type": "FeatureCollection", "features": [square(122.0, 30.0), square(122.3, 30.0)]}
    (settings.HOME.layers / "land.geojson").write_text(json.dumps(drawn), "utf-8")


@pytest.mark.usefixtures("two_islands")
def test_the_nearest_shore_comes_first_and_each_land_once() -> None:
    at_sea = Point(30.05, 122.15)
    assert lands_of([at_sea]) == [None]
    near, far = shores_near(at_sea, 6)
    assert (near.lat, round(near.lon, 6)) == (30.05, 122.1)
    assert round(far.lon, 6) == 122.3
    assert lands_of([near, far]) == [1, 2]
    assert len(shores_near(at_sea, 1)) == 1


def test_where_no_land_is_drawn_there_is_no_shore(tmp_path: Path, settings: Any) -> None:
    settings.HOME = Home(tmp_path)
    assert shores_near(Point(30, 122), 3) == []
