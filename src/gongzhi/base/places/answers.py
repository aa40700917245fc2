"""Places as fields and maps get them: what `frontend/js/combobox.js` shows, in the reader's
language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import GazetteerEntry
from gongzhi.base.places.naming import Naming
from gongzhi.base.places.search import Found
from gongzhi.base.places.search.numbers import ESTIMATED, STREET

ICONS = {
    "town": "map", "village": "home", "community": "home", "road": "road", "address": "pin",
    "pier": "anchor", "restaurant": "food", "food_stalls": "food", "cafe": "food", "bar": "food",
    "hotel": "bed", "guesthouse": "bed", "shop": "bag", "supermarket": "bag", "market": "bag",
    "school": "school", "kindergarten": "school", "hospital": "medical", "clinic": "medical",
    "pharmacy": "medical", "police": "shield", "fire_station": "fire", "parking": "parking",
    "beach": "water", "park": "tree", "scenic": "tree",
}  # fmt: skip


def hit(found: Found) -> dict[str, Any]:
    """One answer of the search. ``value`` names it for good, ``label`` is what a field shows."""
    entry = found.entry
    told = {
        "value": f"{entry.code}/{found.number}" if found.number else entry.code,
        "label": _house(entry, found.number) if found.number else str(entry),
        "about": _about(found),
        "icon": ICONS.get("address" if found.number else entry.kind, "building"),
        "side": _far(found.metres),
        "kind": "address" if found.number else entry.kind,
        "accuracy": found.accuracy,
    }
    return told | _at(found.point)


def named(point: Point, naming: Naming) -> dict[str, Any]:
    """A point with its name."""
    return {
        "value": naming.entry.code if naming.entry else "",
        "label": naming.words,
        "town": str(naming.town or ""),
        "village": str(naming.village or ""),
        "metres": None if naming.metres is None else round(naming.metres),
        "inside": naming.inside,
    } | _at(point)


def _at(point: Point) -> dict[str, float]:
    return {"lat": round(point.lat, 6), "lon": round(point.lon, 6)}


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _address(entry: GazetteerEntry) -> str:
    """Where it is: the address, or for a street or village its town."""
    return (entry.address_en or entry.address_zh) if _english() else entry.address_zh


def _house(entry: GazetteerEntry, number: int | None) -> str:
    """A house with its town, as one would write it on a letter."""
    town = _address(entry)
    english = f"{number} {entry}, {town}".removesuffix(", ")
    return english if _english() else f"{town}{entry}{number}号"


def _about(found: Found) -> str:
    if found.accuracy == ESTIMATED:
        return _("按相邻门牌估计的位置")
    if found.accuracy == STREET:
        return _("没有这个门牌，只能定位到路上")
    if found.number:
        return ""
    called = _also(found.entry)
    return " · ".join(filter(None, [called, _address(found.entry)]))


def _also(entry: GazetteerEntry) -> str:
    """What else it is called: whoever typed that sees why it was found."""
    others = _("、").join(entry.aliases.split("\n"))
    return _("又叫%(names)s") % {"names": others} if others else ""


def _far(metres: float | None) -> str:
    if metres is None:
        return ""
    return f"{round(metres, -1):.0f} m" if metres < 950 else f"{metres / 1000:.1f} km"
