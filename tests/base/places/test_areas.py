"""Shapes come from other people's drawings: a slip is mended, what is no area is refused."""

from __future__ import annotations

import pytest
import shapely

from gongzhi.base.places.rows import AreaRow
from gongzhi.base.ui.errors import Refused


def shaped(*ring: tuple[float, float]) -> AreaRow:
    return AreaRow("town", "t", "某镇", shapely.Polygon(ring))


def test_a_ring_that_crosses_itself_is_mended() -> None:
    bow = shaped((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)).polygon()
    assert bow.is_valid
    assert bow.area == pytest.approx(0.5)


def test_a_spike_is_taken_off() -> None:
    spiked = shaped((0, 0), (1, 0), (1, 1), (3, 3), (1, 1), (0, 1), (0, 0)).polygon()
    assert spiked.geom_type in {"Polygon", "MultiPolygon"}
    assert spiked.bounds == (0, 0, 1, 1)


@pytest.mark.parametrize(
    "shape",
    [
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.Point(1, 1),
        shapely.Polygon(),
        shapely.Polygon([(0, 0), (1, 1), (2, 2)]),
        shapely.Polygon([(0, 0), (400, 0), (400, 1), (0, 0)]),
        "not a shape",
        '{"type":"Polygon"}',
    ],
)
def test_what_is_no_area_on_earth_is_refused(shape: shapely.Geometry | str) -> None:
    with pytest.raises(Refused) as wrong:
        AreaRow("town", "t", "某镇", shape).polygon()
    assert "某镇" in str(wrong.value)
