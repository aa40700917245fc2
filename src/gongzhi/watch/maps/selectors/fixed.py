"""What is fixed: stations, piers, and the venues where people eat, stay, travel, shop and play."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from gongzhi.base.places.models import Area, GazetteerEntry

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Activity:
    """One of the five activities, or where help stands, and the kinds of venue that it has."""

    code: str
    words: _StrOrPromise
    kinds: tuple[str, ...]


_EAT = ("restaurant", "food_stalls", "cafe", "fast_food", "food_court")
_STAY = ("guesthouse", "hotel", "estate", "hostel", "motel")
_TRAVEL = ("pier", "bus_station", "parking", "petrol", "ferry_terminal", "station")
_SHOP = ("shop", "supermarket", "market", "pharmacy", "mall")
_PLAY = (
    "bar", "ktv", "internet_cafe", "beach", "scenic", "park", "museum", "culture", "temple",
    "stadium", "cinema", "nightclub",
)  # fmt: skip
ACTIVITIES = (
    Activity("posts", _("派出所、消防站"), ("police", "fire_station")),
    Activity("eat", _("吃"), _EAT),
    Activity("stay", _("住"), _STAY),
    Activity("travel", _("行"), _TRAVEL),
    Activity("shop", _("购"), _SHOP),
    Activity("play", _("玩"), _PLAY),
)
"""Kinds as a county's layer of places names them; those of no activity (schools, clinics) are on
the map as ever, and in no count."""


@dataclass(frozen=True)
class Venues:
    """An activity, how many venues it has in all, and in each town."""

    activity: Activity
    total: int
    by_town: Mapping[str, int]


def towns() -> dict[str, str]:
    """The own county's towns by code, named in the reader's language: one query."""
    found = Area.objects.filter(kind=Area.Kind.TOWN, county__own=True).order_by("-valid_from")
    return {one.code: str(one) for one in found.defer("geometry")}


def venues() -> list[Venues]:
    """The own county's venues by activity and town: one query."""
    kinds = [kind for one in ACTIVITIES for kind in one.kinds]
    found = GazetteerEntry.objects.filter(county__own=True, kind__in=kinds, street=None)
    rows = list(found.values_list("kind", "area").annotate(n=Count("pk")).order_by())
    return [_of(one, rows) for one in ACTIVITIES]


def _of(activity: Activity, rows: list[tuple[str, str, int]]) -> Venues:
    by_town: dict[str, int] = {}
    for kind, town, n in rows:
        if kind in activity.kinds:
            by_town[town] = by_town.get(town, 0) + n
    return Venues(activity, sum(by_town.values()), by_town)
