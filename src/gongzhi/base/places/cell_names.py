"""What people call cells: by the town and village of the middle, or the shore that they lie at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.places.areas import areas_of
from gongzhi.base.places.cells import middle_of, outline_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import Area


def names_of(cells: Sequence[int]) -> list[str]:
    """Cells as a list names them, in the active language; numbered where several lie in one
    place."""
    middles = [middle_of(one) for one in cells]
    towns, villages = (areas_of(middles, kind) for kind in (Area.Kind.TOWN, Area.Kind.VILLAGE))
    names = [
        " ".join(str(one) for one in pair if one) or _shore(cell)
        for cell, *pair in zip(cells, towns, villages, strict=True)
    ]
    many, seen, found = Counter(names), Counter[str](), []
    for name in names:
        seen[name] += 1
        found.append(f"{name} {seen[name]}" if many[name] > 1 else name)
    return found


def towns_of(cells: Sequence[int]) -> list[Area | None]:
    """The town of each cell: that of its middle; for a middle at sea, the one that most of its
    corners lie in."""
    found = areas_of([middle_of(one) for one in cells], Area.Kind.TOWN)
    return [town or _by_corners(cell) for cell, town in zip(cells, found, strict=True)]


def _by_corners(cell: int) -> Area | None:
    corners = [Point(lat, lon) for lon, lat in outline_of(cell)[1:]]
    towns = [one for one in areas_of(corners, Area.Kind.TOWN) if one]
    many = Counter(one.pk for one in towns)
    return max(towns, key=lambda one: many[one.pk], default=None)


def _shore(cell: int) -> str:
    """The name of a cell whose middle is at sea."""
    town = _by_corners(cell)
    if town is None:
        return _("海上、县界外")
    return _("%(town)s 沿岸") % {"town": town}
