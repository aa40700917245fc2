"""Units move along the ways of the network; where none is known, in a line that says so."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from gongzhi.analysis.travel import Way, build
from gongzhi.base.people.models import Account
from gongzhi.base.places.models import County, GazetteerEntry
from gongzhi.config.home import Home
from gongzhi.watch.replay.selectors.courses import Span
from gongzhi.watch.replay.selectors.ways import Part, along, moves_of, packed
from tests.watch.replay.test_pages import BEGIN, MINUTE, account, body, told, worked
from tests.work.dispatch.county import HERE

POST, SCENE, OTHER = (30.0, 122.0), (30.02, 122.0), (30.0, 122.03)
SCENES = {7: SCENE, 8: OTHER}


def moves(*spans: Span, until: int = 9000) -> list[tuple[int, object, object]]:
    found = moves_of(1, "car", spans, POST, SCENES, until)
    return [(one.span, one.begin, one.end) for one in found]


def test_a_unit_moves_to_the_scene_and_back_to_its_post() -> None:
    course = (Span(0, "free"), Span(100, "dispatched", 7), Span(130, "en_route", 7),
              Span(400, "on_scene", 7), Span(900, "free"))  # fmt: skip
    assert moves(*course) == [(2, POST, SCENE), (4, SCENE, POST)]


def test_sent_again_on_the_way_back_it_sets_off_from_where_it_was() -> None:
    course = (Span(0, "en_route", 7), Span(600, "on_scene", 7), Span(900, "free"),
              Span(1050, "en_route", 8), Span(1300, "on_scene", 8))  # fmt: skip
    _first, back, again = moves(*course)
    assert back == (2, SCENE, POST)
    assert again == (3, Part(SCENE, POST, 0.25, "car"), OTHER), "150 of 600 seconds back"


def test_off_duty_it_is_at_home() -> None:
    course = (Span(0, "on_scene", 7), Span(60, "off_duty"), Span(120, "en_route", 8))
    assert moves(*course) == [(2, POST, OTHER)]


def test_half_of_a_way_is_half_of_its_length_not_of_its_corners() -> None:
    line = [(0.0, 0.0), (0.0, 0.01), (0.0, 0.02), (0.04, 0.02)]
    assert along(line, 0.5) == pytest.approx((0.01, 0.02))
    assert along(line, -1) == line[0]
    assert along(line, 2) == pytest.approx(line[-1])


def test_a_line_travels_as_differences() -> None:
    assert packed([(30.0, 122.0), (30.00001, 121.99998)]) == [3_000_000, 12_200_000, 1, -2]


@pytest.fixture
def desk(client: Client, settings: Settings, tmp_path: object) -> Client:
    """Somebody at the desk of a county whose only road makes a bend."""
    home = Home(tmp_path)  # type: ignore[arg-type]
    settings.HOME = home
    corner, far = (HERE.lon + 0.02, HERE.lat), (HERE.lon + 0.02, HERE.lat + 0.02)
    build([Way([(HERE.lon, HERE.lat), corner, far], "main")]).save(home.network)
    own = County.objects.create(
        code="here", name_zh="此县", own=True, south=29, west=121, north=31, east=124
    )
    station = body("a")
    GazetteerEntry.objects.create(
        county=own, code="a", kind="police", name_zh=station.name_zh, lat=far[1], lon=far[0],
        h7=1, h9=1, key=station.name_zh,
    )  # fmt: skip
    who: Account = account("dispatcher", body("command_centre", "department"), "watch")
    client.force_login(who)
    return client


@pytest.mark.django_db
def test_the_page_is_told_the_bend_and_not_the_beeline(desk: Client) -> None:
    worked(BEGIN + 10 * MINUTE)
    unit = told(desk, "outline")["units"][0]
    ways = told(desk, "ways/0")["ways"]
    assert [(one[0], unit["spans"][one[1]][1]) for one in ways] == [
        (unit["id"], "en_route"), (unit["id"], "free"),
    ]  # fmt: skip
    there = ways[0][2]
    assert len(there) == 6, "station, corner, scene"
    corner = (there[0] + there[2], there[1] + there[3])
    assert corner == pytest.approx((HERE.lat * 1e5, (HERE.lon + 0.02) * 1e5), abs=3)
    assert told(desk, "ways/3") == {"ways": []}


@pytest.mark.django_db
def test_without_a_network_nothing_is_made_up(desk: Client, settings: Settings) -> None:
    settings.HOME.network.unlink()
    worked(BEGIN + 10 * MINUTE)
    assert told(desk, "ways/0") == {"ways": []}
