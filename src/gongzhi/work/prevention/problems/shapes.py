"""Cells of an area, of the ring around it and of areas as large, and what people call them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import h3.api.basic_int as h3
from django.utils.translation import gettext as _

from gongzhi.base.places.areas import area_of, areas_of
from gongzhi.base.places.cells import as_text, from_text, middle_of, outline_of
from gongzhi.base.places.models import Area
from gongzhi.base.ui.errors import Refused

CELL = 8
"""The resolution of all cells here."""
RING, WIDEST = 2, 3
"""How many cells wide the ring is that is watched for what moved next door: usually, and at
most."""


def numbers(cells: Iterable[str]) -> list[int]:
    """The cells as H3's numbers."""
    return [from_text(one) for one in cells]


def ring_around(cells: Sequence[str], width: int = RING) -> set[int]:
    """The cells around an area, its own left out."""
    return ring_of(numbers(cells), width)


def ring_of(cells: Iterable[int], width: int = RING) -> set[int]:
    """The same of cells as numbers."""
    own = set(cells)
    return {int(one) for cell in own for one in h3.grid_disk(cell, width)} - own


def reach_of(cells: Sequence[str]) -> int:
    """How many rings around its middle make a disk of about as many cells."""
    reach = 0
    while 3 * reach * (reach + 1) + 1 < len(cells):
        reach += 1
    return reach


def cells_in(texts: Iterable[str]) -> list[int]:
    """These cells of the analysis' resolution, each once. Refuses what is none."""
    try:
        found = [from_text(one) for one in texts]
    except ValueError as wrong:
        raise Refused(_("地图上没有这一片。"), code="cell", status=422) from wrong
    if any(h3.get_resolution(one) != CELL for one in found):
        raise Refused(_("地图上没有这一片。"), code="cell", status=422)
    return list(dict.fromkeys(found))


def town_of(cell: str) -> str:
    """Code of the town that the cell's middle lies in; "" at sea."""
    town = area_of(middle_of(from_text(cell)), Area.Kind.TOWN)
    return town.code if town else ""


def called(middles: Sequence[str]) -> list[str]:
    """What people call the places around these cells: the village or community, else the town."""
    points = [middle_of(from_text(one)) for one in middles]
    kinds = (Area.Kind.VILLAGE, Area.Kind.TOWN)
    found = zip(*(areas_of(points, kind) for kind in kinds), strict=True)
    return [str(village or town or _("地图上的这一片")) for village, town in found]


def features(areas: Iterable[tuple[str, Collection[int]]]) -> dict[str, Any]:
    """GeoJSON of cells, each area in the colour of its level, as the map draws shapes."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"level": level, "cells": [as_text(one) for one in cells]},
                "geometry": {
                    "type": "MultiPolygon", "coordinates": [[outline_of(one)] for one in cells]
                },
            }
            for level, cells in areas
        ],
    }  # fmt: skip
