"""The demo county on its first day: where everything lies, who works there."""

from __future__ import annotations

from collections.abc import Iterator

from gongzhi.analysis.travel import build, sea_around
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places import models
from gongzhi.base.places.actions import describe_county, import_areas, import_gazetteer
from gongzhi.base.places.coordinates import Bounds
from gongzhi.base.places.layers import compress
from gongzhi.base.places.rows import AreaRow, PlaceRow
from gongzhi.config.demo.geography import plan
from gongzhi.config.demo.geography.county import County, Feature
from gongzhi.config.demo.geography.layers import gazetteer, write_layers
from gongzhi.config.demo.geography.names import words
from gongzhi.config.demo.organisation import ACCOUNTS, bodies
from gongzhi.config.home import Home
from gongzhi.config.way_files import read_ways
from gongzhi.work.dispatch.actions import use_network
from gongzhi.work.dispatch.lands import drawn_lands

CODE = "tinglan"
"""The county's code, as places and sources name it."""


def load_geography(by: Actor, county: County, home: Home) -> dict[str, int]:
    """Write the map layers; describe the county; import its areas and its gazetteer.

    Says how many there are of each. Again, it changes only what is different.
    """
    layers = write_layers(county, home.layers)
    compress(home.layers)
    west, south, east, north = county.outline[0].shape.bounds
    described = describe_county(
        by,
        code=CODE,
        name_zh=county.name.zh,
        name_en=county.name.en,
        bounds=Bounds(south, west, north, east),
        own=True,
    )
    drawn = [home.layers / f"{name}.geojson" for name in ("roads", "ferries")]
    ways = [way for path in drawn for way in read_ways(path, "WGS84", lambda _: None).good]
    sea = sea_around(drawn_lands(home.layers))
    use_network(by, build(ways), home.network, sea=sea)
    areas = list(area_rows(county))
    import_areas(by, described, areas)
    entries = import_gazetteer(by, described, place_rows(county))["entries"]
    return {"layers": len(layers), "areas": len(areas), "entries": entries}


def area_rows(county: County) -> Iterator[AreaRow]:
    """Towns, the stations' areas (a town each), beats and villages."""
    stations = {town.code: town.station for town in plan.TOWNS}
    kind = models.Area.Kind
    for town in county.towns:
        yield _row(kind.TOWN, town)
        station = f"station_{town.code}"
        names = stations[town.code]
        yield AreaRow(kind.STATION, station, names.zh, town.shape, names.en, town.code)
    for beat in county.beats:
        yield _row(kind.BEAT, beat, f"station_{beat.properties['town']}")
    for village in county.villages:
        yield _row(kind.VILLAGE, village, village.properties["town"])


def _row(kind: str, feature: Feature, parent: str = "") -> AreaRow:
    names = feature.name
    return AreaRow(kind, feature.code, names.zh, feature.shape, names.en, parent)


def place_rows(county: County) -> Iterator[PlaceRow]:
    """The gazetteer. A front door's code names its street or village and its number."""
    others = words("aliases")
    for row in gazetteer(county):
        street, _, number = row.code.rpartition("/") if row.kind == "address" else ("", "", "")
        yield PlaceRow(
            row.code, row.kind, row.zh, row.lat, row.lon, row.en, row.address_zh, row.address_en,
            area=row.town, street=street, number=int(number) if number else None,
            aliases="\n".join(others.get(row.zh, ())),
        )  # fmt: skip


def load_organisation(by: Actor, county: County) -> int:
    """Open the units that aren't there yet, parents first; says how many there are."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    for body in bodies(county):
        if body.code not in units:
            units[body.code] = open_unit(
                by,
                code=body.code,
                kind=body.kind,
                name_zh=body.name.zh,
                name_en=body.name.en,
                parent=units.get(body.parent),
            )
    return len(units)


def load_accounts(by: Actor) -> int:
    """Open an account for each role, named after it, if it isn't there; says how many there are.

    Without passwords: a demo's sign-in page lets people in with one click.
    """
    units = {unit.code: unit for unit in Unit.objects.all()}
    known = set(Account.objects.values_list("username", flat=True))
    for account in ACCOUNTS:
        if account.username not in known:
            open_account(
                by,
                username=account.username,
                display_name=account.display_name,
                unit=units[account.body],
                roles=[account.role, *account.also],
            )
    return len(ACCOUNTS)
