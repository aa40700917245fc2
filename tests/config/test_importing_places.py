"""An operator without a demo county loads towns, beats and place names from files of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongzhi.base.log.models import Entry
from gongzhi.base.places.areas import area_of
from gongzhi.base.places.coordinates import Point, from_wgs84
from gongzhi.base.places.layers import folder_of, layers_of
from gongzhi.base.places.models import Area, County, GazetteerEntry
from gongzhi.config.importing_places import CountyNames, areas_from, gazetteer_from

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
NOTHING_SAID = CountyNames()
OURS = CountyNames("haixian", "海县", "Hai County")


def square(west: float, code: str, name: str = "东镇", **more: Any) -> dict[str, Any]:
    ring = [[west, 29], [west + 1, 29], [west + 1, 30], [west, 30], [west, 29]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    said = {"code": code, "name_zh": name, **more}
    return {"type": "Feature", "geometry": shape, "properties": said}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    from gongzhi.config.home import Home

    settings.HOME = Home(tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return tmp_path


def geojson(folder: Path, *features: Any) -> Path:
    path = folder / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def load(path: Path, names: CountyNames = NOTHING_SAID, crs: str = "WGS84", **more: Any) -> int:
    return areas_from(path, names, kind="town", crs=crs, dry=more.get("dry", False))


def rejected(folder: Path, name: str = "areas.geojson") -> list[str]:
    path = folder / f"{name}.rejected.csv"
    return path.read_text("utf-8-sig").splitlines()[1:] if path.exists() else []


def test_an_empty_county_gets_its_towns_and_a_map_of_them(folder: Path) -> None:
    assert load(geojson(folder, square(121, "east"), square(122, "west", "西镇")), OURS) == 0
    county = County.objects.get(own=True)
    assert (county.name_zh, county.bounds.west, county.bounds.east) == ("海县", 121, 123)
    found = area_of(Point(29.5, 122.5), "town")
    assert found
    assert found.name_zh == "西镇"
    assert layers_of(county) == ["outline", "towns"]
    drawn = json.loads((folder_of(county) / "towns.geojson").read_text("utf-8"))
    assert [one["properties"]["zh"] for one in drawn["features"]] == ["东镇", "西镇"]


def test_the_same_file_again_changes_nothing(folder: Path) -> None:
    path = geojson(folder, square(121, "east"), square(122, "west"))
    load(path, OURS)
    before = list(Area.objects.order_by("pk").values())
    assert load(path) == 0
    assert list(Area.objects.order_by("pk").values()) == before


def test_a_bad_row_is_told_with_number_and_reason_and_stops_nothing(folder: Path) -> None:
    line = {"type": "LineString", "coordinates": [[121, 29], [122, 30]]}
    bad = [
        square(121, ""), square(121, "nameless", ""), {**square(121, "line"), "geometry": line},
        square(121, "strange", kind="galaxy"), square(121, "fine"), square(121, "nul", "东\x00镇"),
        {**square(121, "none"), "geometry": None}, "nothing", square(400, "far"),
    ]  # fmt: skip
    assert load(geojson(folder, square(121, "fine"), *bad), OURS) == 0
    assert [area.code for area in Area.objects.all()] == ["fine"]
    told = rejected(folder)
    assert [int(row.split(",")[0]) for row in told] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert "缺少 code" in told[0]
    assert "出现过" in told[4]


def test_a_row_that_went_bad_does_not_end_the_area_that_stands(folder: Path) -> None:
    load(geojson(folder, square(121, "east"), square(122, "west")), OURS)
    load(geojson(folder, square(121, "east"), {**square(122, "west"), "geometry": None}))
    assert Area.objects.filter(valid_to__isnull=True).count() == 2
    load(geojson(folder, square(121, "east")))
    assert not Area.objects.filter(code="west", valid_to__isnull=True).exists()


def test_without_a_usable_row_nothing_is_changed(folder: Path) -> None:
    assert load(geojson(folder, "nothing"), OURS) == 2
    broken = folder / "broken.geojson"
    broken.write_bytes(b"\xff{")
    assert load(broken, OURS) == 2
    assert load(folder / "not-there.geojson", OURS) == 2
    assert not County.objects.exists()
    assert not Entry.objects.exists()


def test_the_first_areas_need_the_county_s_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load(geojson(folder, square(121, "east"))) == 2
    assert "--county" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    assert load(geojson(folder, square(121, "east")), OURS, dry=True) == 0
    assert not County.objects.exists()


def test_areas_drawn_in_the_shifted_system_land_where_they_are(folder: Path) -> None:
    feature = square(121, "east")
    ring = feature["geometry"]["coordinates"][0]
    shifted = [from_wgs84(Point(lat, lon), "GCJ-02") for lon, lat in ring]
    feature["geometry"]["coordinates"] = [shifted]
    load(geojson(folder, feature), OURS, crs="GCJ-02")
    assert Area.objects.get().west == pytest.approx(121, abs=2e-5)
    assert load(geojson(folder, feature), crs="nowhere") == 2


CSV = """code,kind,name_zh,name_en,lat,lon,area,street,number
school,school,东镇小学,East School,29.5,121.5,east,,
road,road,海平路,Haiping Road,29.5,121.4,east,,
door,address,海平路12号,12 Haiping Road,29.5001,121.4001,east,road,12
"""


def names(folder: Path, text: str = CSV, crs: str = "WGS84") -> int:
    (folder / "places.csv").write_text(text, "utf-8-sig")
    return gazetteer_from(folder / "places.csv", crs=crs, dry=False)


def test_place_names_come_from_a_table_and_again_change_nothing(folder: Path) -> None:
    load(geojson(folder, square(121, "east")), OURS)
    assert names(folder) == 0
    door = GazetteerEntry.objects.get(code="door")
    assert door.street
    assert (door.street.name_zh, door.number) == ("海平路", 12)
    assert "pois" in layers_of(County.objects.get())
    before = list(GazetteerEntry.objects.order_by("pk").values())
    assert names(folder) == 0
    assert list(GazetteerEntry.objects.order_by("pk").values()) == before
    names(folder, CSV.replace("东镇小学", "东镇中心小学"))
    assert GazetteerEntry.objects.get(code="school").name_zh == "东镇中心小学"


def test_bad_names_are_told_with_number_and_reason(folder: Path) -> None:
    load(geojson(folder, square(121, "east")), OURS)
    bad = (
        "a,shop,店,,0,0,,,\nb,shop,店,,10,10,,,\nc,shop,店,,x,121,,,\n"
        "school,shop,店,,29.5,121.5,,,\nd,shop,,,29.5,121.5,,,\n"
        "e,shop,店,,29.5,121.5,,road,-1\nf,shop\n"
    )
    assert names(folder, CSV + bad) == 0
    assert GazetteerEntry.objects.count() == 3
    told = rejected(folder, "places.csv")
    assert [int(row.split(",")[0]) for row in told] == [5, 6, 7, 8, 9, 10, 11]


def test_names_wait_for_the_areas(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert names(folder) == 2
    assert "先用 gongzhi import areas" in capsys.readouterr().err
