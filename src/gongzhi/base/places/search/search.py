"""The search itself: candidates from the index, then the order people expect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongzhi.base.places.coordinates import Point, metres_between
from gongzhi.base.places.models import County, GazetteerEntry
from gongzhi.base.places.search import index
from gongzhi.base.places.search.numbers import EXACT, Numbered, door, numbered
from gongzhi.base.places.search.ranking import LEAST, score
from gongzhi.base.places.search.sounds import pairs, sounds_of, spelt
from gongzhi.base.places.search.words import LONGEST, is_han, key_of, pairs_of, runs_of

CANDIDATES = 200
_STREETS = 5
"""Streets of the same name in which a house number is looked for."""


@dataclass(frozen=True)
class Found:
    """One answer. ``number`` is set when a house was asked for and ``entry`` is its street."""

    entry: GazetteerEntry
    point: Point
    accuracy: str
    score: float
    number: int | None = None
    metres: float | None = None
    """How far from where one looked."""


def search(
    text: str, *, near: Point | None = None, limit: int = 8, county: County | None = None
) -> list[Found]:
    """The places that `text` may mean, the likeliest first; [] when nothing is like it.

    Looks in the county's own gazetteer unless another is given. Nearer ones win among equals.
    """
    asked = text[:LONGEST]
    if not runs_of(asked):
        return []
    house = numbered(asked)
    found = _entries(asked, near, county)
    if house is not None:
        found = [*_houses(house, near, county), *found]
    found.sort(key=lambda one: -one.score)
    return _each_once(found)[:limit]


def _entries(text: str, near: Point | None, county: County | None) -> list[Found]:
    rows = _rows(_candidates(text), text, county)
    if not any(key_of(text) in row.key for row in rows):
        heard = set(_by_sound(text)) - {row.pk for row in rows}
        rows += _rows(heard, text, county, exactly=False) if heard else []
    found = [_found(entry, score(text, entry, near), near) for entry in rows]
    return [one for one in found if one.score >= LEAST]


def _found(entry: GazetteerEntry, points: float, near: Point | None) -> Found:
    metres = metres_between(near, entry.point) if near else None
    return Found(entry, entry.point, EXACT, points, metres=metres)


def _houses(house: Numbered, near: Point | None, county: County | None) -> list[Found]:
    """The house on each street that the query may mean."""
    streets = [one for one in _entries(house.street, near, county) if _has_doors(one.entry)]
    streets.sort(key=lambda one: -one.score)
    return [_house(street, house.number, near) for street in streets[:_STREETS]]


def _has_doors(entry: GazetteerEntry) -> bool:
    return entry.kind in {"road", "village", "community", "town"}


def _house(street: Found, number: int, near: Point | None) -> Found:
    point, accuracy = door(street.entry, number)
    metres = metres_between(near, point) if near else None
    # A number that is known says that this street of several is the one.
    sure = {"exact": 0.3, "estimated": 0.2}.get(accuracy, -0.1)
    return Found(street.entry, point, accuracy, street.score + sure, number, metres)


def _candidates(text: str) -> list[int]:
    """Ids worth a closer look: all that have every piece; when few, also what has some."""
    runs = runs_of(text)
    pieces = [piece for run in runs for piece in (pairs_of(run) if is_han(run) else [run])]
    open_end = not is_han(runs[-1])
    ids = index.with_all(pieces, CANDIDATES, open_end=open_end)
    if len(ids) < 8 and len(pieces) > 1:
        ids += index.with_any(pieces, CANDIDATES // 2, open_end=open_end)
    if not ids:
        ids = index.with_any(_crumbs(pieces), CANDIDATES, open_end=open_end)
    return ids


def _by_sound(text: str) -> list[int]:
    """Ids of what sounds like it; looked for only where no name has it as it is written."""
    tokens = pairs(sounds_of(text))
    typed = spelt(text)
    ids = index.with_any(tokens, CANDIDATES // 2) if tokens else []
    return ids + (index.with_all([typed], CANDIDATES // 2, open_end=True) if typed else [])


def _crumbs(pieces: list[str]) -> list[str]:
    """For a query with a slip in every piece: single characters, beginnings of words."""
    return [crumb for piece in pieces for crumb in (list(piece) if is_han(piece) else [piece[:3]])]


def _rows(
    ids: Iterable[int], text: str, county: County | None, *, exactly: bool = True
) -> list[GazetteerEntry]:
    entries = GazetteerEntry.objects.filter(street__isnull=True)
    entries = entries.filter(county=county) if county else entries.filter(county__own=True)
    entries = entries.defer("tokens")
    found = list(entries.filter(pk__in=set(ids)))
    named = entries.filter(key=key_of(text))[:20] if exactly else ()
    return list({entry.pk: entry for entry in (*found, *named)}.values())


def _each_once(found: list[Found]) -> list[Found]:
    """Without the second answer that reads the same and stands at the same place."""
    seen: set[tuple[str, str, int | None]] = set()
    kept = []
    for one in found:
        same = (one.entry.name_zh, one.entry.area, one.number)
        if same not in seen:
            seen.add(same)
            kept.append(one)
    return kept
