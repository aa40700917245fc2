"""Whom a warning reaches: which towns, and how many square kilometres."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from django.db.models import QuerySet

from gongzhi.base.places.models import Area
from gongzhi.work.prevention.warnings.models import Said
from gongzhi.work.prevention.warnings.shapes import Place, square_km


@dataclass(frozen=True)
class Reach:
    """``towns``: each with how much of it lies inside (0 to 1). ``km2``: area on the ground, sea
    included."""

    towns: tuple[tuple[Area, float], ...]
    km2: float


def reach_of(said: Said) -> Reach:
    """Of a draft or a message. Towns that were chosen count whole, others by what is drawn."""
    place = Place.read(said.parts)
    drawn = place.drawn()
    shares = [(town, 1.0) for town in place.towns]
    borders = [_border(town) for town in place.towns]
    chosen = {town.pk for town in place.towns}
    if drawn.is_empty:
        km2 = sum(square_km(border) for border in borders)
    else:
        near = [(town, _share(town, drawn)) for town in _near(drawn) if town.pk not in chosen]
        shares += [(town, share) for town, share in near if share]
        km2 = square_km(shapely.union_all([drawn, *borders]))
    return Reach(tuple(shares), km2)


def _near(drawn: shapely.Geometry) -> QuerySet[Area]:
    west, south, east, north = drawn.bounds
    return Area.objects.filter(
        kind=Area.Kind.TOWN, valid_to__isnull=True, county__own=True,
        south__lte=north, north__gte=south, west__lte=east, east__gte=west,
    ).order_by("code")  # fmt: skip


def _share(town: Area, drawn: shapely.Geometry) -> float:
    border = _border(town)
    return float(border.intersection(drawn).area / border.area) if border.area else 0.0


def _border(town: Area) -> shapely.Geometry:
    return shapely.make_valid(shapely.from_geojson(town.geometry))
