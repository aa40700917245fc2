"""Writing the gazetteer: entries in order of weight, doors tied to their streets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from gongzhi.base.places.cells import cells_of
from gongzhi.base.places.coordinates import checked
from gongzhi.base.places.models import County, GazetteerEntry
from gongzhi.base.places.rows import PlaceRow
from gongzhi.base.places.search import index
from gongzhi.base.places.search.ranking import weight_of
from gongzhi.base.places.search.sounds import sound_tokens
from gongzhi.base.places.search.words import key_of, tokens_of

_BATCH = 500
Streets = dict[str, list[PlaceRow]]


def replace_entries(county: County, rows: Iterable[PlaceRow]) -> dict[str, int]:
    """Replace all entries of the county; for `import_gazetteer` alone. Says how many there are.

    Where they are the same already, nothing is written.
    """
    named, doors = _apart(rows)
    by_street = _by_street(doors, named)
    codes = {row.code for row in named}
    derived = [
        _derived(code, doors) for code, doors in sorted(by_street.items()) if code not in codes
    ]
    towns = {row.code: row for row in named if row.kind == "town"}
    heads = [_in_town(row, towns) for row in (*named, *derived)]
    heads.sort(key=lambda row: -weight_of(row.kind))
    counts = {"entries": len(heads) + len(doors), "streets": len(by_street)}
    if _standing(county) == _told(heads, by_street):
        return counts
    GazetteerEntry.objects.filter(county=county).delete()
    made = _write(_entry(county, row) for row in heads)
    streets = {entry.code: entry for entry in made}
    _write(
        _door(county, row, streets[code])
        for code, doors in sorted(by_street.items())
        for row in doors
    )
    index.rebuild()
    return counts


def _standing(county: County) -> set[tuple[object, ...]]:
    """What the table has, as far as rows tell it."""
    named = (
        "code", "kind", "name_zh", "name_en", "address_zh", "address_en", "aliases", "area", "lat",
        "lon",
    )  # fmt: skip
    rows = GazetteerEntry.objects.filter(county=county)
    return set(rows.values_list(*named, "street__code", "number"))


def _told(heads: list[PlaceRow], by_street: Streets) -> set[tuple[object, ...]]:
    """What the rows would write, in the same form. A door keeps no address of its own."""
    named = {
        (row.code[:80], row.kind, row.name_zh, row.name_en, row.address_zh, row.address_en,
         row.aliases, row.area, float(row.lat), float(row.lon), None, None)
        for row in heads
    }  # fmt: skip
    doors = {
        (row.code[:80], "address", row.name_zh, row.name_en, "", "", "",
         row.area, float(row.lat), float(row.lon), code[:80], row.house_number())
        for code, doors in by_street.items()
        for row in doors
    }  # fmt: skip
    return named | doors


def _apart(rows: Iterable[PlaceRow]) -> tuple[list[PlaceRow], list[PlaceRow]]:
    named: list[PlaceRow] = []
    doors: list[PlaceRow] = []
    for row in rows:
        (doors if row.is_door else named).append(row)
    return named, doors


def _by_street(doors: list[PlaceRow], named: list[PlaceRow]) -> Streets:
    """The doors of each street, by the street's code; found by its name where none is given."""
    by_name = {(key_of(row.name_zh), row.area): row.code for row in named if row.kind != "address"}
    streets: Streets = defaultdict(list)
    for row in doors:
        zh, _ = row.street_names()
        key = (key_of(zh), row.area)
        streets[row.street or by_name.get(key) or f"street/{row.area}/{key[0]}"[:80]].append(row)
    return streets


def _derived(code: str, doors: list[PlaceRow]) -> PlaceRow:
    """A street that only its doors tell of, in their midst."""
    zh, en = doors[0].street_names()
    lat, lon = median(door.lat for door in doors), median(door.lon for door in doors)
    middle = min(doors, key=lambda door: (door.lat - lat) ** 2 + (door.lon - lon) ** 2)
    return PlaceRow(code, "road", zh, middle.lat, middle.lon, en, area=doors[0].area)


def _in_town(row: PlaceRow, towns: dict[str, PlaceRow]) -> PlaceRow:
    """With its town for an address where it has none, because people say both in one breath."""
    town = towns.get(row.area)
    if town is None or town.code == row.code or row.address_zh:
        return row
    return replace(row, address_zh=town.name_zh, address_en=town.name_en)


def _entry(county: County, row: PlaceRow) -> GazetteerEntry:
    point = checked(row.lat, row.lon)
    h7, h9 = cells_of(point)
    # The address and the name once more in one breath, as people say them.
    others = row.aliases.split("\n") if row.aliases else []
    texts = (row.name_zh, row.name_en, row.address_zh + row.name_zh, row.address_en, *others)
    tokens = {*tokens_of(texts), *sound_tokens((row.name_zh, *others))}
    return GazetteerEntry(
        county=county, code=row.code[:80], kind=row.kind, area=row.area,
        name_zh=row.name_zh, name_en=row.name_en,
        address_zh=row.address_zh, address_en=row.address_en,
        lat=point.lat, lon=point.lon, h7=h7, h9=h9,
        aliases=row.aliases, key=key_of(row.name_zh)[:200], tokens=" ".join(sorted(tokens)),
    )  # fmt: skip


def _door(county: County, row: PlaceRow, street: GazetteerEntry) -> GazetteerEntry:
    """A door has no tokens: it is found through its street."""
    point = checked(row.lat, row.lon)
    h7, h9 = cells_of(point)
    return GazetteerEntry(
        county=county, code=row.code[:80], kind="address", area=row.area,
        name_zh=row.name_zh, name_en=row.name_en,
        street=street, number=row.house_number(),
        lat=point.lat, lon=point.lon, h7=h7, h9=h9, key=key_of(row.name_zh)[:200],
    )  # fmt: skip


def _write(entries: Iterable[GazetteerEntry]) -> list[GazetteerEntry]:
    return GazetteerEntry.objects.bulk_create(entries, batch_size=_BATCH)
