"""What fields and maps ask: a place by name, a point's name, a layer; politely, quickly, safely."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gongzhi.base.access import tries
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.actions import describe_county, import_areas, import_gazetteer
from gongzhi.base.places.coordinates import Bounds, Point
from gongzhi.base.places.layers import compress, write_outline
from gongzhi.base.places.maps import map_of
from gongzhi.base.places.models import County
from gongzhi.base.places.own import remember
from gongzhi.base.places.rows import AreaRow, PlaceRow
from gongzhi.config.home import Home

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BY = Actor.system("test")
BOX = shapely.box(122.2, 29.8, 122.5, 30)
ROWS = [
    PlaceRow("tc", "town", "听潮镇", 29.9, 122.3, "Tingchao", area="tc"),
    PlaceRow("coast", "road", "滨海路", 29.903, 122.3, "Coast Road", area="tc"),
    *(
        PlaceRow(f"coast/{n}", "address", f"听潮镇滨海路{n}号", 29.9 + n * 0.000117, 122.3,
                 f"{n} Coast Road, Tingchao", area="tc", street="coast", number=n)
        for n in (1, 3, 5, 9, 18)
    ),
    PlaceRow("p1", "hotel", "海角民宿", 29.9 + 18 * 0.000117, 122.3, "Cape Guesthouse",
             "听潮镇滨海路18号", "18 Coast Road, Tingchao", area="tc"),
    PlaceRow("p2", "beach", "月牙滩", 29.93, 122.4, "Crescent Beach", area="tc"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Home:
    settings.HOME = Home(tmp_path)
    return Home(tmp_path)


@pytest.fixture(autouse=True)
def county() -> County:
    bounds = Bounds(29.5, 121.9, 30.5, 123.2)
    made = describe_county(
        BY, code="own", name_zh="听潮县", name_en="Tingchao County", bounds=bounds, own=True
    )
    village = AreaRow("village", "v1", "白沙村", BOX, "Baisha")
    import_areas(BY, made, [AreaRow("town", "tc", "听潮镇", BOX, "Tingchao"), village])
    import_gazetteer(BY, made, ROWS)
    return made


@pytest.fixture
def elsewhere() -> County:
    return describe_county(
        BY, code="boone", name_zh="布恩", name_en="Boone", bounds=Bounds(38.6, -92.6, 39.3, -92)
    )


def asked(client: Client, path: str, language: str = "zh-CN", **query: object) -> list[Any]:
    answer = client.get(path, query, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.content
    found: list[Any] = answer.json()["results"]
    return found


def test_a_field_gets_what_it_shows_and_where_it_is(client: Client) -> None:
    house, *_ = asked(client, "/places/search", q="滨海路9号", lat=29.9, lon=122.3)
    assert house["label"] == "听潮镇滨海路9号"
    assert (house["value"], house["accuracy"]) == ("coast/9", "exact")
    assert (house["lat"], house["lon"]) == (29.901053, 122.3)
    assert house["side"] == "120 m"
    inn, *_ = asked(client, "/places/search", q="海角")
    assert (inn["label"], inn["about"], inn["icon"]) == ("海角民宿", "听潮镇滨海路18号", "bed")
    assert inn["side"] == ""


def test_an_english_reader_gets_english_names(client: Client) -> None:
    house, *_ = asked(client, "/places/search", "en", q="滨海路7号")
    assert house["label"] == "7 Coast Road, Tingchao"
    assert house["accuracy"] == "estimated"
    assert asked(client, "/places/search", "en", q="cape")[0]["label"] == "Cape Guesthouse"


@pytest.mark.parametrize("query", ["", "   ", "🐙", "没有这样的地方", "x" * 3000])
def test_what_is_not_found_is_an_empty_list(client: Client, query: str) -> None:
    assert asked(client, "/places/search", q=query) == []


@pytest.mark.parametrize("where", ["0", "abc", "", "999", "NaN"])
def test_a_strange_position_does_not_spoil_the_search(client: Client, where: str) -> None:
    assert asked(client, "/places/search", q="海角", lat=where, lon=where)


def test_another_county_s_names_are_found_when_asked_for(client: Client, elsewhere: County) -> None:
    import_gazetteer(BY, elsewhere, [PlaceRow("x", "road", "Broadway", 38.95, -92.33, "Broadway")])
    assert asked(client, "/places/search", q="Broadway") == []
    assert asked(client, "/places/search", q="Broadway", county="boone")[0]["label"] == "Broadway"
    assert client.get("/places/search?q=a&county=nowhere").status_code == 404


def test_a_point_is_called_what_people_call_it(client: Client) -> None:
    def label(lat: float, lon: float, language: str = "zh-CN") -> str:
        return str(asked(client, "/places/near", language, lat=lat, lon=lon)[0]["label"])

    assert label(29.901053, 122.3) == "听潮镇滨海路9号"
    assert label(29.902106, 122.3) == "听潮镇滨海路18号（海角民宿）"
    assert label(29.902106, 122.3, "en") == "Cape Guesthouse, 18 Coast Road, Tingchao"
    assert label(29.93, 122.4) == "听潮镇月牙滩"
    assert label(29.931, 122.4) == "听潮镇月牙滩附近"
    assert label(29.96, 122.45) == "听潮镇 白沙村"
    assert label(30.3, 122.9) == ""


def test_a_point_comes_with_its_town_and_village(client: Client) -> None:
    near = asked(client, "/places/near", lat=29.96, lon=122.45)[0]
    assert (near["town"], near["village"], near["inside"]) == ("听潮镇", "白沙村", True)
    far = asked(client, "/places/near", lat=39, lon=116)[0]
    assert (far["town"], far["label"], far["inside"]) == ("", "", False)


@pytest.mark.parametrize("query", ["", "?lat=0&lon=0", "?lat=99&lon=1", "?lat=x&lon=y", "?lat=1"])
def test_what_is_no_point_is_refused_in_words(client: Client, query: str) -> None:
    answer = client.get(f"/places/near{query}", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "位置" in answer.json()["detail"]


def test_a_name_costs_the_same_queries_however_many_places_are_near(
    client: Client, county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked(client, "/places/near", lat=29.9, lon=122.3)
    with django_assert_num_queries(3):
        asked(client, "/places/near", lat=29.9, lon=122.3)
    more = [PlaceRow(f"m{n}", "shop", f"店{n}", 29.9, 122.3 + n / 1e5, "") for n in range(60)]
    import_gazetteer(BY, county, [*ROWS, *more])
    with django_assert_num_queries(3):
        asked(client, "/places/near", lat=29.9, lon=122.3)


def test_whoever_asks_without_end_has_to_wait(client: Client) -> None:
    tries.forget_all()
    for _ in range(900):
        tries.count("places.find", "127.0.0.1", 60)
    answer = client.get("/places/search?q=海", headers={"Accept": "application/json"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 60
    assert client.get("/places/near?lat=29.9&lon=122.3").status_code == 200
    tries.forget_all()


def test_a_layer_is_kept_by_the_browser_until_it_changes(client: Client, home: Home) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": []})
    home.layers.mkdir()
    (home.layers / "land.geojson").write_text(text)
    compress(home.layers)
    packed = client.get("/layers/land.geojson", headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Type"] == "application/geo+json"
    assert "public" in packed["Cache-Control"]
    assert gzip.decompress(b"".join(packed.streaming_content)).decode() == text  # type: ignore[attr-defined, arg-type]
    plain = client.get("/layers/land.geojson")
    assert b"".join(plain.streaming_content).decode() == text  # type: ignore[attr-defined, arg-type]
    assert "Accept-Encoding" in plain["Vary"]
    same = client.get("/layers/land.geojson", headers={"If-None-Match": plain["ETag"]})
    assert (same.status_code, same["ETag"]) == (304, plain["ETag"])
    (home.layers / "land.geojson").write_text(text + " ")
    changed = client.get("/layers/land.geojson", headers={"If-None-Match": plain["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "path",
    ["", "land.geojson", "own/land.geojson", "secret.geojson", "nowhere/land.geojson",
     "..%2Fkeys%2Fsecret-key.geojson", "../keys/secret-key"],
)  # fmt: skip
def test_there_is_nothing_but_known_layers(client: Client, home: Home, path: str) -> None:
    home.secret("secret-key")
    assert client.get(f"/layers/{path}").status_code == 404


def test_a_county_of_which_nothing_is_drawn_has_an_outline(
    client: Client, elsewhere: County
) -> None:
    shown = map_of(elsewhere)
    assert (shown.url, shown.layers) == ("/layers/boone/", "outline")
    assert shown.bounds == "-92.60000,38.60000,-92.00000,39.30000"
    drawn = client.get("/layers/boone/outline.geojson").json()["features"][0]
    assert drawn["properties"]["en"] == "Boone"
    assert client.get("/layers/boone/land.geojson").status_code == 404
    assert client.get("/layers/outline.geojson").json()["features"]


def test_the_outline_follows_what_lies_in_the_county(client: Client, elsewhere: County) -> None:
    corner = [Point(38.7 + n / 50, -92.5 + m / 50) for n in range(20) for m in range(20 - n)]
    write_outline(elsewhere, corner)
    answer = client.get("/layers/boone/outline.geojson")
    shape = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined, arg-type]
    assert shape["bbox"] == pytest.approx([-92.516, 38.684, -92.104, 39.096], abs=0.01)
    assert shape["features"][0]["geometry"]["type"] == "Polygon"


def test_the_map_names_the_layers_that_are_there(home: Home) -> None:
    home.layers.mkdir()
    for name in ("towns", "land", "nonsense"):
        (home.layers / f"{name}.geojson").write_text("{}")
    assert map_of().layers == "outline land towns"
    assert map_of().url == "/layers/"
    County.objects.all().delete()
    assert map_of().layers == "none"


def test_every_page_bears_the_county_s_name_in_the_reader_s_language(client: Client) -> None:
    remember("听潮县", "Tingchao County")
    for path, status in (("/", 200), ("/no-such-page/", 404)):
        for language, name in (("zh-CN", "听潮县"), ("en", "Tingchao County")):
            answer = client.get(path, headers={"Accept-Language": language})
            assert answer.status_code == status
            assert name in answer.content.decode(), path
