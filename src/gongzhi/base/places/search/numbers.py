"""House numbers: taken out of a query, found on their street, or put where they must be."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.base.places.models import GazetteerEntry

EXACT, ESTIMATED, STREET = "exact", "estimated", "street"
"""How sure a place is: its own entry, put between known numbers, or somewhere on the street."""

_CHINESE = re.compile(r"(?P<street>.*?\D)\s*(?:no\.?\s*)?(?P<number>\d{1,5})\s*(?:号|號|弄|#)?\s*")
_ENGLISH = re.compile(r"(?:no\.?\s*)?(?P<number>\d{1,5})\s*,?\s+(?P<street>\D.*)", re.IGNORECASE)
_FURTHEST_NUMBER = 60
_FURTHEST_METRES = 1500.0


@dataclass(frozen=True)
class Numbered:
    """A query that names a house: what it says of the street, and the number."""

    street: str
    number: int


def numbered(text: str) -> Numbered | None:
    """The query as a street and a number (“滨海路42号”, “42 Coast Road”), if it is one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _CHINESE.fullmatch(plain) or _ENGLISH.fullmatch(plain)
    return Numbered(match["street"].strip(" ,，"), int(match["number"])) if match else None


def door(street: GazetteerEntry, number: int) -> tuple[Point, str]:
    """Where the house stands, and how sure that is."""
    found = dict(_around(street, number))
    if number in found:
        return found[number], EXACT
    same_side = {n: at for n, at in found.items() if n % 2 == number % 2}
    for known in (same_side, found):
        below = max((n for n in known if n < number), default=None)
        above = min((n for n in known if n > number), default=None)
        if below is not None and above is not None:
            return _between(known, below, above, number)
    nearest = min(found, key=lambda n: abs(n - number), default=None)
    if nearest is not None and abs(nearest - number) <= _FURTHEST_NUMBER:
        return found[nearest], ESTIMATED
    return street.point, STREET


def _between(known: dict[int, Point], below: int, above: int, number: int) -> tuple[Point, str]:
    """On the line between two doors, as far along as the number is between theirs."""
    a, b = known[below], known[above]
    if metres_between(a, b) > _FURTHEST_METRES:
        return (a if number - below < above - number else b), STREET
    share = (number - below) / (above - below)
    return Point(a.lat + (b.lat - a.lat) * share, a.lon + (b.lon - a.lon) * share), ESTIMATED


def _around(street: GazetteerEntry, number: int) -> list[tuple[int, Point]]:
    """The street's doors next to the number: some below, some above, on both sides."""
    doors = street.doors.values_list("number", "lat", "lon")
    rows = [
        *doors.filter(number__gte=number).order_by("number")[:6],
        *doors.filter(number__lt=number).order_by("-number")[:6],
    ]
    return [(n, Point(lat, lon)) for n, lat, lon in rows if n is not None]
