"""Pages of patrols: who may, what they say, and that they are quick."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.work.patrol.forecasts.selectors.needs import Need as Foretold
from gongzhi.work.patrol.nodes import actions as nodes
from gongzhi.work.patrol.nodes.models import Node
from gongzhi.work.patrol.nodes.selectors import foreseen
from gongzhi.work.patrol.plans.models import Plan
from tests.work.dispatch.county import SYSTEM
from tests.work.patrol.hands import (
    DAY,
    LANE,
    SCHOOL,
    account,
    at,
    by,
    cars,
    lane,
    morning,
    place,
    proposed,
    published,
    schools,
    stop_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BOARD = f"/patrol/?day={DAY}"


def inside(role: str = "planner") -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def page(client: Client, path: str, *, status: int = 200, **more: Any) -> str:
    with morning():
        answer = client.get(path, **more)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def post(client: Client, path: str, **fields: Any) -> Any:
    with morning():
        return client.post(path, fields)


def county() -> None:
    schools()
    lane()
    cars("01", "02")


def test_who_sees_patrols_who_plans_them_and_who_publishes() -> None:
    county()
    plan = proposed()
    assert Client().get("/patrol/").status_code == 302
    assert inside("officer").get("/patrol/").status_code == 403
    assert "重新做提议" in page(inside(), BOARD)
    assert "发布这个方案" not in page(inside(), BOARD)
    assert "发布这个方案" in page(inside("commander"), BOARD)
    assert "重新做提议" not in page(inside("dispatcher"), BOARD)
    for path in (f"/patrol/{plan.pk}/publish/", f"/patrol/{plan.pk}/withdraw/"):
        assert post(inside(), path, why="x").status_code == 403
    assert post(inside("dispatcher"), "/patrol/make/", day=f"{DAY}").status_code == 403


def test_from_nothing_to_a_published_plan_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongzhi.work.patrol.plans.pages.board.LIMITS", {"2": 0.2})
    planner, commander = inside(), inside("commander")
    assert "还没有巡逻点" in page(planner, BOARD)
    for kind, name, point in (("school", "一小", SCHOOL), ("market", "菜场", LANE)):
        place(kind, name, point)
    assert "学校门口" in page(planner, "/patrol/nodes/")
    assert post(planner, "/patrol/nodes/open/", sort="school_gate").status_code == 302
    assert "先在出警单位里排好班次" in page(planner, BOARD)
    cars("01")
    assert post(planner, "/patrol/make/", day=f"{DAY}", shift="0800-2000").status_code == 302
    plan = Plan.objects.get()
    zh = page(planner, BOARD)
    assert "提议，还没发布" in zh
    assert "一小" in zh
    assert "没有漏下的" in zh
    assert post(commander, f"/patrol/{plan.pk}/publish/", why="注意校门口").status_code == 302
    en = page(commander, BOARD, HTTP_ACCEPT_LANGUAGE="en")
    assert "Published" in en
    assert "注意校门口" in en


def test_a_plan_that_leaves_things_out_says_why() -> None:
    schools()
    proposed()
    assert "这个班次没有排出警单位" in page(inside(), BOARD)


def test_a_stop_is_moved_pinned_taken_out_and_put_back_on_its_page() -> None:
    county()
    plan = proposed()
    stop, client = stop_at(plan, "一小"), inside()
    path = f"/patrol/stops/{stop.pk}/"
    other = plan.units.exclude(pk=stop.crew_id).get()
    assert "换一个单位" in page(client, path)
    assert post(client, f"{path}change/", then="move", unit=other.pk).status_code == 302
    assert post(client, f"{path}change/", then="unpin").status_code == 302
    assert post(client, f"{path}change/", then="out").status_code == 302
    assert "放回方案" in page(client, path)
    assert post(client, f"{path}change/", then="back").status_code == 302
    for wrong in ({"then": "dance"}, {"then": "move", "unit": "0"}, {"then": "move"}):
        assert post(client, f"{path}change/", **wrong).status_code == 422
    dragged = {"stop": stop.pk, "unit": other.pk, "before": ""}
    assert post(client, f"/patrol/{plan.pk}/move/", **dragged).status_code in (302, 409)


@pytest.mark.parametrize("asked", ["day=2026-13-01", "day=tomorrow", "day=1999-01-01"])
def test_a_day_that_is_none_is_refused_in_words(asked: str) -> None:
    page(inside(), f"/patrol/?{asked}", status=422)


def test_a_shift_a_plan_or_a_stop_that_is_not_there_is_not_found() -> None:
    for path in (f"{BOARD}&shift=0100-0200", "/patrol/stops/77/", "/patrol/nodes/77/"):
        page(inside(), path, status=404)


def test_an_area_is_drawn_changed_and_ended_on_its_pages() -> None:
    client = inside()
    place("police", "a所", LANE)
    told = {"sort": "hot_spot", "lat": LANE.lat, "lon": LANE.lon, "rings": "1", "name_zh": "后巷",
            "reason": "dark", "why": "灯坏了", "until": f"{DAY}"}  # fmt: skip
    for missing in ("name_zh", "why", "until", "lat"):
        assert post(client, "/patrol/nodes/new/", **{**told, missing: ""}).status_code == 422
    answer = post(client, "/patrol/nodes/new/", **told)
    path = answer["Location"]
    assert "灯坏了" in page(client, path)
    changed = {"reason": "dark", "why": "灯修了一半", "until": f"{DAY}", "name_zh": "后巷"}
    assert post(client, path, **changed).status_code == 302
    assert post(client, path, **changed).status_code == 422, "nothing differs"
    assert post(client, f"{path}end/", ended="settled").status_code == 302
    assert "情况好转" in page(client, path)


def test_the_map_has_ways_stops_and_what_is_left_out() -> None:
    county()
    plan = proposed()
    with morning():
        found = inside().get(f"/patrol/{plan.pk}/map/").json()["features"]
    kinds = [one["geometry"]["type"] for one in found]
    planned = plan.stops.filter(left_out="")
    walking = planned.values("crew").distinct().count()
    assert kinds.count("LineString") == planned.count() + walking, "to each stop, and home again"
    stops = [one for one in found if "number" in one["properties"]]
    assert len(stops) == planned.count()
    assert all(one["properties"]["moves"] for one in stops), "a planner may move them"
    assert "MultiPolygon" in kinds


def test_dosage_says_what_is_counted_and_how() -> None:
    county()
    published()
    for by_ in ("node", "town", "cell", "shift", "nonsense"):
        with moment(at(19)):
            text = inside().get(f"/patrol/dosage/?by={by_}&days=1").content.decode()
        assert "不按单位和人算" in text
    assert "这段时间没有发布过的方案" in page(inside(), "/patrol/dosage/?days=1")


def test_a_forecast_that_earned_its_place_is_offered_for_a_person_to_draw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [
        Foretold(cell_of(LANE, 8), "theft", 0.5, 0, 2, "model", adopted=True),
        Foretold(cell_of(SCHOOL, 8), "theft", 0.9, 0, 2, "mean", adopted=False),
    ]
    monkeypatch.setattr(foreseen, "needs", lambda day, shift: asked if shift == 2 else [])
    text = page(inside(), "/patrol/nodes/")
    assert "未来七天约 3.5 起，多在 16:00–00:00" in text
    assert text.count("画成重点地段") == 1, "the other one didn't earn its place"
    assert Node.objects.count() == 0, "nothing is drawn by itself"
    assert "画成重点地段" not in page(inside("dispatcher"), "/patrol/nodes/")
    with morning():
        nodes.draw_node(
            by(), "hot_spot", LANE, 1, nodes.Told("harm", "被偷", until=DAY, name_zh="x")
        )
    assert "画成重点地段" not in page(inside(), "/patrol/nodes/")


def test_the_board_asks_as_much_with_thirty_nodes_as_with_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cars("01", "02")
    with morning():
        for n in range(30):
            place("school", f"{n} 小", Point(30.0 + n * 0.002, 122.1))
        nodes.open_nodes_of(SYSTEM, "school_gate")
    published()
    client = inside("commander")
    page(client, BOARD)
    for path, most in ((BOARD, 16), ("/patrol/nodes/", 40), ("/patrol/dosage/", 10)):
        with django_assert_max_num_queries(most):
            page(client, path)
