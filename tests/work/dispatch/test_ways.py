"""A closed road is gone around from the moment the desk says so until it is open again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.test import Client

from gongzhi.analysis.travel import Way, build
from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.base.places.circles import circle
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused
from gongzhi.config.home import Home
from gongzhi.work.dispatch.actions import lift_condition, set_condition, use_network
from gongzhi.work.dispatch.actions.conditions import NewCondition
from gongzhi.work.dispatch.conditions import forget_conditions, standing_conditions
from gongzhi.work.dispatch.models import WayCondition
from gongzhi.work.dispatch.selectors.units import units_with_tasks
from tests.work.dispatch.county import (
    HERE,
    SYSTEM,
    account,
    body,
    car,
    go_on_duty,
    incident,
    recommended,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LAT, LON = HERE
FAR = Point(LAT, LON - 0.03)
STRAIGHT = [(LON, LAT), FAR[::-1]]
AROUND = [FAR[::-1], (LON - 0.03, LAT - 0.03), (LON, LAT - 0.03), (LON, LAT)]
MIDWAY = Point(LAT, LON - 0.015)


@pytest.fixture(autouse=True)
def ways(tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    settings.HOME = Home(tmp_path)
    with django_capture_on_commit_callbacks(execute=True):
        network = build([Way(STRAIGHT, "main"), Way(AROUND, "main")])
        use_network(SYSTEM, network, settings.HOME.network)
    forget_conditions()
    yield
    forget_conditions()


def closed(**more: Any) -> NewCondition:
    told = {"shape": circle(MIDWAY, 50), "place": "海平路塌方处", "speed": 0, "reason": "slide",
            "until": now() + timedelta(hours=3)}  # fmt: skip
    return NewCondition(**(told | more))


def eta() -> int:
    """How soon (s) the only unit, at the far end, would be at the incident."""
    forget_conditions()  # what a commit does
    [only] = recommended(units_with_tasks(), incident())
    return only.eta


@pytest.fixture
def unit() -> None:
    go_on_duty(SYSTEM, car("1", on_duty=False), point=FAR)


@pytest.mark.usefixtures("unit")
def test_a_closed_road_is_gone_around_until_it_is_open_again() -> None:
    before = eta()
    condition = set_condition(SYSTEM, closed())
    assert eta() > 2 * before
    lift_condition(SYSTEM, condition)
    assert eta() == before
    kinds = Entry.objects.filter(kind__startswith="dispatch.way_").values_list("kind", flat=True)
    assert list(kinds.order_by("seq")) == ["dispatch.way_slowed", "dispatch.way_opened"]


@pytest.mark.usefixtures("unit")
def test_fog_makes_all_take_longer_and_ends_by_itself() -> None:
    before = eta()
    fog = closed(shape=circle(HERE, 20_000), speed=50, reason="weather")
    condition = set_condition(SYSTEM, fog)
    assert eta() > 1.3 * before
    WayCondition.objects.filter(pk=condition.pk).update(
        began_at=now() - timedelta(hours=4), until=now() - timedelta(seconds=1)
    )
    assert eta() == before
    assert not standing_conditions().exists()


@pytest.mark.usefixtures("unit")
def test_boats_that_stay_in_harbour_stop_no_car() -> None:
    before = eta()
    set_condition(SYSTEM, closed(kinds=["boat"], reason="stopped"))
    assert eta() == before


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"until": now() - timedelta(minutes=1)}, "bad_end"),
        ({"until": now() + timedelta(days=400)}, "bad_end"),
        ({"place": "  "}, "bad_place"),
        ({"shape": shapely.Point(LON, LAT)}, "no_area"),
        ({"shape": shapely.Polygon()}, "no_area"),
        ({"speed": 100}, "unknown_condition"),
        ({"reason": "mood"}, "unknown_condition"),
        ({"kinds": ["rocket"]}, "unknown_condition"),
    ],
)
def test_what_can_not_be_is_refused_and_leaves_nothing(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        set_condition(SYSTEM, closed(**wrong))
    assert refused.value.code == code
    assert not WayCondition.objects.exists()
    assert not Entry.objects.filter(kind="dispatch.way_slowed").exists()


def test_what_is_open_can_not_be_opened_again() -> None:
    condition = set_condition(SYSTEM, closed())
    lift_condition(SYSTEM, condition)
    with pytest.raises(Refused, match="已经恢复"):
        lift_condition(SYSTEM, condition)


@pytest.fixture
def desk(client: Client) -> Client:
    County.objects.create(
        code="own", name_zh="听澜县", own=True, south=29.8, west=121.8, north=30.3, east=122.6
    )
    client.force_login(account("dispatcher", body("command_centre", "department")))
    return client


FORM = {"place": "海平路口", "lat": str(LAT), "lon": str(LON), "radius": "50", "town": "",
        "speed": "0", "whom": "wheels", "reason": "accident", "lasts": "3", "note": ""}  # fmt: skip


def test_the_desk_closes_a_crossing_and_opens_it(desk: Client) -> None:
    assert desk.post("/console/ways/", FORM).status_code == 302
    page = desk.get("/console/ways/").content.decode()
    assert "海平路口" in page
    assert "封闭，过不去" in page
    condition = WayCondition.objects.get()
    assert desk.post(f"/console/ways/{condition.pk}/lift/").status_code == 302
    assert "没有封闭或缓行的地方" in desk.get("/console/ways/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"lat": "", "lon": ""}, "请在地图上点一个地方"),
        ({"lat": "10", "lon": "10"}, "不在本县范围内"),
        ({"place": ""}, "请写清是哪里"),
        ({"note": "x" * 200}, "120"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    desk: Client, wrong: dict[str, str], words: str
) -> None:
    answer = desk.post("/console/ways/", FORM | {"note": "东侧可绕行"} | wrong)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert wrong.get("note", "东侧可绕行") in answer.content.decode()
    assert not WayCondition.objects.exists()


def test_who_only_looks_sees_no_button_and_can_change_nothing(client: Client) -> None:
    client.force_login(account("supervisor", body("bureau", "bureau")))
    set_condition(SYSTEM, closed())
    page = client.get("/console/ways/")
    assert page.status_code == 200
    assert "恢复通行" not in page.content.decode().split("<main")[1]
    assert client.post("/console/ways/", FORM).status_code in {403, 422}
    condition = WayCondition.objects.get()
    assert client.post(f"/console/ways/{condition.pk}/lift/").status_code == 403


def test_the_page_costs_the_same_for_one_and_for_thirty(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        set_condition(SYSTEM, closed())
    with django_assert_max_num_queries(12):
        desk.get("/console/ways/")
