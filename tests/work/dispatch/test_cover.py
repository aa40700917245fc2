"""How fast the next call would be reached: on the console, in the recommendation, on the map."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.cells import cell_of, middle_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import (
    answer_stand_by,
    ask_to_stand_by,
    assign_unit,
    end_stand_by,
    go_off_duty,
    go_on_duty,
)
from gongzhi.work.dispatch.models import ResponseUnit, StandBy
from gongzhi.work.dispatch.selectors import cover as covering
from gongzhi.work.dispatch.selectors.cover import cover_of, free_units
from gongzhi.work.dispatch.selectors.ground import county_ground, forget_ground, promise
from gongzhi.work.dispatch.selectors.moves import proposed_moves, standing_by
from tests.markup import tight
from tests.work.dispatch.county import (
    HERE,
    SYSTEM,
    account,
    body,
    car,
    dispatcher,
    incident,
    stands_at,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
THERE = Point(30.09, 122.1)
FAR = Point(30.20, 122.1)
"""Some 21 km north of HERE."""


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(account("dispatcher", body("command_centre", "department")))
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def past_calls(point: Point, n: int, category: str = "theft") -> None:
    for _ in range(n):
        incident(category, point)
    forget_ground()


def test_demand_is_counted_by_cell_and_only_of_calls_about_harm() -> None:
    past_calls(HERE, 3)
    past_calls(FAR, 1)
    for quarrel in ("dispute_wage", "crowd", "noise", "suspicious", "police_other"):
        past_calls(Point(30.4, 122.4), 2, quarrel)
    ground = county_ground()
    assert ground is not None
    assert sorted(ground.ground.demand.tolist()) == [0.25, 0.75]


def test_old_calls_say_nothing_of_today() -> None:
    past_calls(HERE, 1)
    past_calls(FAR, 1)
    old = Matter.objects.order_by("pk").first()
    assert old is not None
    Matter.objects.filter(pk=old.pk).update(opened_at=timezone.now() - timedelta(days=200))
    forget_ground()
    ground = county_ground()
    assert ground is not None
    assert ground.ground.demand.tolist() == [1.0]


def test_the_promise_is_the_catalogue_s_less_the_time_for_sending() -> None:
    assert promise().whole == 15 * 60
    assert promise().seconds == 13 * 60
    assert promise().aim == 0.9


def test_the_bar_says_how_soon_and_how_often_in_time_and_warns_below_the_aim(desk: Client) -> None:
    past_calls(HERE, 1)
    past_calls(FAR, 1)
    car("01")
    said = text(desk, "/console/cover/")
    within = int(re.search(r"<b>(\d+)%</b>", tight(said))[1])  # type: ignore[index]
    assert 20 < within < 50  # one of two places, and not while it is at another call
    assert "data-short" in said
    for n in range(2, 8):
        stands_at(car(f"0{n}"), HERE if n % 2 else FAR)
    assert "data-short" not in text(desk, "/console/cover/")


def test_before_there_is_anything_to_cover_the_bar_says_nothing(desk: Client) -> None:
    assert "%" not in text(desk, "/console/cover/")
    assert "还算不出覆盖" in text(desk, "/console/cover/moves/")


def test_the_recommendation_says_what_leaving_does_to_the_cover(desk: Client) -> None:
    past_calls(HERE, 4)
    car("01")
    matter = incident()
    assert "走后该片没有单位能到（现" in text(desk, f"/console/incidents/{matter.pk}/")
    car("02")
    assert "走后该片下一警" in text(desk, f"/console/incidents/{matter.pk}/")


def test_the_one_who_alone_covers_a_place_stays_while_nothing_presses(desk: Client) -> None:
    """The place between: 01 is a little nearer, and the only one where most calls come from."""
    between = Point(30.1, 122.1)
    past_calls(Point(30.14, 122.1), 9)
    past_calls(Point(30.04, 122.1), 1)
    north, south = car("01"), car("02")
    stands_at(north, Point(30.14, 122.1))
    stands_at(south, Point(30.055, 122.1))
    for category, first in (("dispute_consumer", south), ("robbery", north)):
        matter = incident(category, between)
        said = text(desk, f"/console/incidents/{matter.pk}/")
        assert re.search(r'name="unit" value="(\d+)"', tight(said))[1] == str(first.pk)  # type: ignore[index]


def test_the_map_has_a_cell_for_each_place_and_people_who_may_not_look_get_none(
    desk: Client,
) -> None:
    past_calls(HERE, 1)
    past_calls(FAR, 1)
    car("01")
    car("02")
    cells = desk.get("/console/map/cover/").json()["results"]
    assert len(cells) == 2
    assert min(one["value"] for one in cells) < 600 < max(one["value"] for one in cells)
    officer = Client()
    officer.force_login(account("officer", body("b")))
    for path in ("/console/map/cover/", "/console/cover/", "/console/cover/moves/"):
        assert officer.get(path).status_code == 403


def test_cover_is_reckoned_again_at_once_when_a_unit_is_taken_and_calmly_while_they_move(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    past_calls(HERE, 1)
    unit, other = car("01"), car("02")
    first = cover_of(free_units())
    stands_at(unit, FAR)
    assert cover_of(free_units()) is first
    assign_unit(SYSTEM, incident(), other)
    taken = cover_of(free_units())
    assert taken is not None
    assert list(taken.units) == [unit.pk]
    monkeypatch.setattr(covering, "CALM", 0.0)
    assert cover_of(free_units()) is not taken


def test_a_unit_that_comes_back_asks_the_network_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    past_calls(HERE, 1)
    unit = car("01")
    monkeypatch.setattr(covering, "CALM", 0.0)
    cover_of(free_units())
    stands_at(unit, FAR)
    cover_of(free_units())
    known = len(covering._rows)
    stands_at(unit, HERE)
    cover_of(free_units())
    assert len(covering._rows) == known


def huddled() -> tuple[ResponseUnit, ResponseUnit]:
    """Two units in one place, and calls from two; the other is near enough at any hour."""
    past_calls(HERE, 3)
    past_calls(THERE, 3)
    both = car("01"), car("02")
    for unit in both:
        stands_at(unit, middle_of(cell_of(HERE, 7)))
    return both


def test_below_the_promise_a_move_is_proposed_and_asked_for_by_a_person(desk: Client) -> None:
    huddled()
    (move,) = proposed_moves(cover_of(free_units()), free_units())
    assert move.after > move.before + 20
    said = text(desk, "/console/cover/moves/")
    assert f"从 {move.before}% 升到 {move.after}%" in said
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', tight(said)))
    asked = desk.post("/console/cover/ask/", form, headers=HTMX)
    assert "等答复" in asked.content.decode()
    assert StandBy.objects.get().unit_id == move.unit_id
    entry = Entry.objects.get(kind="dispatch.stand_by_asked")
    assert "lat" not in entry.text
    assert f'"within":{move.after / 100}' in entry.text


def test_who_was_asked_is_reckoned_there_and_not_asked_twice() -> None:
    unit, _ = huddled()
    ask_to_stand_by(SYSTEM, unit, middle_of(cell_of(THERE, 7)), place_zh="潮塘码头")
    assert proposed_moves(cover_of(free_units()), free_units()) == []


def test_a_second_unit_asked_to_the_same_place_is_told_what_it_adds(desk: Client) -> None:
    one, other = huddled()
    there = middle_of(cell_of(THERE, 7))
    ask_to_stand_by(SYSTEM, one, there, place_zh="潮塘码头")
    ask_to_stand_by(SYSTEM, other, there, place_zh="潮塘码头")
    units = free_units()
    rows = {row.unit_id: row for row in standing_by(cover_of(units), units)}
    assert rows[one.pk].beside == ""
    assert rows[other.pk].beside == str(one)
    said = text(desk, "/console/cover/moves/")
    assert f"{one}已去那里" in said


@pytest.mark.both_databases
def test_the_crew_answers_and_a_unit_that_stands_by_is_free() -> None:
    unit, desk = car("01"), dispatcher()
    officer = Actor.account(account("officer", unit.station, "officer_01"))
    go_on_duty(officer, unit)
    ask_to_stand_by(desk, unit, FAR, place_zh="潮塘码头", place_en="Chaotang Pier")
    answer_stand_by(officer, unit, accepts=True)
    assert StandBy.objects.get().accepted_at is not None
    unit.refresh_from_db()
    assert unit.status == "free"
    assign_unit(desk, incident(), unit)
    assert not StandBy.objects.exists()
    with pytest.raises(Refused, match="不能请它移动待命"):
        ask_to_stand_by(desk, unit, FAR, place_zh="潮塘码头")


@pytest.mark.both_databases
def test_who_can_not_go_says_so_and_nobody_expects_it() -> None:
    unit, other = car("01"), car("02")
    officer = Actor.account(account("officer", unit.station, "officer_01"))
    go_on_duty(officer, unit)
    ask_to_stand_by(SYSTEM, unit, FAR, place_zh="潮塘码头")
    ask_to_stand_by(SYSTEM, other, FAR, place_zh="潮塘码头")
    answer_stand_by(officer, unit, accepts=False)
    with pytest.raises(Refused, match="不能替它报告"):
        answer_stand_by(officer, other, accepts=True)
    end_stand_by(SYSTEM, other)
    with pytest.raises(Refused, match="没有请"):
        end_stand_by(SYSTEM, other)
    assert not StandBy.objects.exists()
    with pytest.raises(Refused, match="没有“派警"):
        ask_to_stand_by(officer, unit, FAR, place_zh="潮塘码头")


def test_going_home_ends_it_and_the_place_is_kept_nowhere() -> None:
    unit = car("01")
    ask_to_stand_by(SYSTEM, unit, FAR, place_zh="潮塘码头")
    go_off_duty(SYSTEM, unit)
    assert not StandBy.objects.exists()
    assert not Entry.objects.filter(text__contains="潮塘").exists()


def test_the_crew_s_phone_shows_where_to_stand_by(client: Client) -> None:
    unit = car("01")
    officer = account("officer", unit.station, "officer_01")
    go_on_duty(Actor.account(officer), unit)
    client.force_login(officer)
    assert "去这里待命" not in text(client, "/crew/now/")
    ask_to_stand_by(SYSTEM, unit, FAR, place_zh="潮塘码头")
    assert "指挥中心请你们去这里待命" in text(client, "/crew/now/")
    client.post("/crew/stand-by/", {"what": "accept"}, headers=HTMX)
    said = text(client, "/crew/now/")
    assert "潮塘码头" in said
    assert "收到，这就去" not in said
