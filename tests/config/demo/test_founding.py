"""On its first day the demo county is on the map, can be searched, and has people to work in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from gongzhi.base.access.selectors import demo_account
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.models import Area, GazetteerEntry
from gongzhi.base.places.search import search
from gongzhi.base.places.selectors import own_county, place_in_county
from gongzhi.config.demo.founding import (
    load_accounts,
    load_geography,
    load_organisation,
    place_rows,
)
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.organisation import ACCOUNTS
from gongzhi.config.home import Home

BY = Actor.system("test")


@pytest.mark.django_db
def test_the_county_is_on_the_map_and_can_be_searched(drawn: County, tmp_path: Path) -> None:
    home = Home(tmp_path)
    counts = load_geography(BY, drawn, home)
    county = own_county()
    assert county is not None
    assert (county.name_zh, county.name_en) == ("听澜县", "Tinglan County")
    assert counts == {"layers": 13, "areas": Area.objects.count(), "entries": 12_056}
    assert json.loads((home.layers / "towns.geojson").read_text("utf-8"))["features"]
    for village in drawn.villages:
        centre = village.properties["centre"]
        middle = place_in_county(centre[1], centre[0])
        assert _code(area_of(middle, "village")) == village.code
        assert _code(area_of(middle, "beat")) == village.properties["beat"]
        assert _code(area_of(middle, "town")) == village.properties["town"]
        assert _code(area_of(middle, "station_area")) == f"station_{village.properties['town']}"
    assert search("县人民医院")[0].entry.name_zh == "听澜县人民医院"
    assert search("Wangchao Fire Station")[0].entry.name_zh == "望潮消防救援站"


def _code(area: Area | None) -> str:
    return area.code if area else ""


@pytest.mark.django_db
def test_every_door_is_found_by_its_address(drawn: County, tmp_path: Path) -> None:
    load_geography(BY, drawn, Home(tmp_path))
    doors = [row for row in place_rows(drawn) if row.is_door][::97]
    for door in doors:
        found = search(door.name_zh)[0]
        assert (found.number, found.accuracy) == (door.number, "exact"), door.name_zh
        assert found.point == pytest.approx((door.lat, door.lon), abs=1e-6)


@pytest.mark.django_db
def test_loading_it_again_leaves_one_county(drawn: County, tmp_path: Path) -> None:
    load_geography(BY, drawn, Home(tmp_path))
    first = list(Area.objects.values_list("pk", flat=True))
    entries = GazetteerEntry.objects.count()
    load_geography(BY, drawn, Home(tmp_path))
    assert list(Area.objects.values_list("pk", flat=True)) == first
    assert GazetteerEntry.objects.count() == entries


@pytest.mark.both_databases
@pytest.mark.django_db
def test_every_role_can_be_entered_in_its_unit_and_by_no_password(
    drawn: County, settings: Settings
) -> None:
    settings.DEMO = True
    for _ in range(2):
        units = load_organisation(BY, drawn)
        load_accounts(BY)
    assert Unit.objects.count() == units
    assert Account.objects.count() == len(ACCOUNTS)
    for account in Account.objects.select_related("unit"):
        assert account.roles[0] == account.username.partition(".")[0]
        assert demo_account(account.username) == account
        assert not account.has_usable_password()
    station = Unit.objects.get(code="station_lancheng")
    assert station.parent is not None
    assert station.parent.kind == "bureau"
    assert verify().holds
    assert not Entry.objects.filter(text__contains="海小").exists()
