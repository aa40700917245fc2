"""Map programs open the county's maps as they are, and see no more than a page would show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from tests.watch.maps.facts import HERE, NEIGHBOUR, put
from tests.watch.maps.test_api import NOW, asked
from tests.work.linked.cast import SYSTEM, body

AT = "/api/features/v1/"
TOWNS = [("east", 122.0), ("west", 120.0), ("middle", 121.0)]


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    """A county with three towns and a lake of its own."""
    settings.HOME = type(settings.HOME)(tmp_path)
    settings.HOME.layers.mkdir()
    told = {"type": "FeatureCollection", "features": [_town(*one) for one in TOWNS]}
    (settings.HOME.layers / "towns.geojson").write_text(json.dumps(told), "utf-8")


def _town(code: str, west: float) -> dict[str, Any]:
    ring = [[west, 29], [west + 0.5, 29], [west + 0.5, 30], [west, 30], [west, 29]]
    return {"type": "Feature", "properties": {"code": code, "zh": "镇", "en": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip


def get(path: str, **headers: str) -> Any:
    return Client().get(AT + path, headers=headers)


READ = """
import json, sys
import pyogrio
at = sys.argv[1]
meta, _fids, shapes, fields = pyogrio.raw.read(at, layer="towns", PAGE_SIZE="2")
boxed = pyogrio.raw.read(at, layer="towns", bbox=(121.8, 29, 123, 30))
print(json.dumps(dict(
    layers=[str(name) for name, _shape in pyogrio.list_layers(at)], shape=meta["geometry_type"],
    many=len(shapes), codes=sorted(fields[list(meta["fields"]).index("code")]),
    boxed=len(boxed[2]))))
"""


@pytest.mark.django_db(transaction=True)
def test_gdal_opens_it_finds_the_collections_and_pages_through_one(
    live_server: LiveServer, settings: Settings
) -> None:
    """In a process of its own: while GDAL waits for an answer, nothing else runs in its."""
    settings.ALLOWED_HOSTS = ["*"]
    at = f"OAPIF:{live_server.url}{AT.rstrip('/')}"
    env = {**os.environ, "no_proxy": "*", "GDAL_HTTP_TIMEOUT": "20"}
    done = subprocess.run(
        [sys.executable, "-c", READ, at],
        env=env, timeout=60, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {"towns", "warnings", "reports"} <= set(told["layers"])
    assert "incidents" not in told["layers"], "that needs a key"
    assert (told["shape"], told["many"]) == ("Polygon", 3), "both pages"
    assert told["codes"] == ["east", "middle", "west"]
    assert told["boxed"] == 1


@pytest.mark.django_db
def test_pages_boxes_and_one_feature_as_the_standard_has_them() -> None:
    first = get("collections/towns/items?limit=2").json()
    assert (first["numberMatched"], first["numberReturned"]) == (3, 2)
    links = {one["rel"]: one["href"] for one in first["links"]}
    rest = Client().get(links["next"].removeprefix("http://testserver")).json()
    assert [one["id"] for one in rest["features"]] == ["middle"]
    assert "next" not in {one["rel"] for one in rest["links"]}
    boxed = get("collections/towns/items?bbox=119,28,120.2,31").json()
    assert [one["id"] for one in boxed["features"]] == ["west"]
    across = get("collections/towns/items?bbox=121.8,28,-170,31").json()
    assert [one["id"] for one in across["features"]] == ["east"], "over the date line"
    answer = get("collections/towns/items/east")
    assert answer["Content-Type"] == "application/geo+json"
    assert answer.json()["properties"]["code"] == "east"
    landing = get("").json()
    assert {one["rel"] for one in landing["links"]} == {
        "self",
        "service-desc",
        "conformance",
        "data",
    }
    for one in landing["links"]:
        assert Client().get(one["href"].removeprefix("http://testserver")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [("collections/towns/items?bbox=1,2,3", 400), ("collections/towns/items?limit=0", 400),
     ("collections/towns/items?datetime=yesterday", 400), ("collections/towns/items?sort=x", 400),
     ("collections/towns/items?datetime=2026-02-01/2026-01-01", 400), ("?f=html", 400),
     ("collections/nothing", 404), ("collections/towns/items/north", 404),
     ("collections/incidents/items", 401), ("collections/incidents", 401)],
)  # fmt: skip
def test_what_it_would_have_to_guess_or_may_not_tell_is_refused_in_words(
    path: str, status: int
) -> None:
    answer = get(path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.django_db
def test_residents_reports_are_told_by_fives_and_what_comes_today_changes_nothing() -> None:
    of_lamps = {"kind": "request", "category": "lamp_out"}
    put((NOW - timedelta(days=1, hours=k) for k in range(6)), cell=HERE, **of_lamps)
    put((NOW - timedelta(days=1, hours=k) for k in range(4)), cell=NEIGHBOUR, **of_lamps)
    put((NOW - timedelta(days=200, hours=k) for k in range(5)), cell=NEIGHBOUR, **of_lamps)
    with moment(NOW):
        before = get("collections/reports/items").json()
        put([NOW - timedelta(minutes=n) for n in range(5)], cell=HERE, **of_lamps)
        (one,) = get("collections/reports/items").json()["features"]
    assert one["properties"] == {"h3": f"{HERE:x}", "count": 5}
    assert [one] == before["features"]


@pytest.mark.django_db
def test_incidents_are_the_maps_own_counts_by_fives_with_a_key_and_on_the_log() -> None:
    put((NOW - timedelta(days=1, hours=k) for k in range(12)), cell=HERE)
    put((NOW - timedelta(days=1, hours=k) for k in range(4)), cell=NEIGHBOUR)
    whole = asked("?kind=incident").json()["features"]
    key = _key("maps.view_maps")
    before = Entry.objects.filter(kind="maps.figures_exported").count()
    with moment(NOW):
        told = get("collections/incidents/items", Authorization=key).json()
        listed = get("collections", Authorization=key).json()
        empty = get(
            "collections/incidents/items?datetime=2026-01-01/2026-01-31", Authorization=key
        ).json()
    assert [one["properties"]["count"] for one in told["features"]] == [10]
    assert [one["geometry"] for one in told["features"]] == [one["geometry"] for one in whole]
    assert empty["numberMatched"] == 0
    assert "incidents" in {one["id"] for one in listed["collections"]}
    assert Entry.objects.filter(kind="maps.figures_exported").count() == before + 2
    assert (
        get("collections/incidents/items", Authorization=_key("linked.answer_request")).status_code
        == 403
    )


def _key(permission: str) -> str:
    from gongzhi.base.access.actions import issue_key

    unit = body("statistics", "department")
    _made, secret = issue_key(SYSTEM, name="图", unit=unit, permissions=[permission])
    return f"Bearer {secret}"


@pytest.mark.django_db
def test_a_key_in_the_address_is_not_told_again_in_the_links() -> None:
    secret = _key("maps.view_maps").removeprefix("Bearer ")
    text = get(f"collections/towns/items?limit=1&api_key={secret}").content.decode()
    assert secret not in text
