"""Where units are: what can be believed, what is doubted, and how long anything is kept."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.places.coordinates import Point
from gongzhi.work.crews.readers import let_go
from gongzhi.work.dispatch.actions import assign_unit, go_off_duty, report_on_scene, report_position
from gongzhi.work.dispatch.models import PositionDoubt, ResponseUnit
from tests.work.crews.county import Crew
from tests.work.dispatch.county import HERE, SYSTEM, account, body, car, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FAR = Point(HERE.lat + 0.45, HERE.lon)
"""50 km to the north."""


def seen(unit: ResponseUnit) -> tuple[Point | None, str]:
    """Where the desk believes it to be, and what it doubts."""
    held = ResponseUnit.objects.select_related("doubt").get(pk=unit.pk)
    doubt = getattr(held, "doubt", None)
    return held.point, doubt.why if doubt else ""


def after(seconds: float, unit: ResponseUnit, point: Point, **more: float) -> None:
    with moment(now() + timedelta(seconds=seconds)):
        report_position(SYSTEM, unit, point, **more)


def console() -> str:
    desk = Client()
    desk.force_login(account("dispatcher", body("command_centre", "department")))
    return desk.get("/console/units/").content.decode()


def test_a_jump_of_50_km_is_doubted_and_the_last_good_place_kept() -> None:
    unit = car("01")
    after(60, unit, FAR)
    assert seen(unit) == (HERE, "jump")
    said = console()
    assert "位置存疑" in said
    assert "位置一下子跳得太远" in said


def test_a_second_report_that_agrees_is_believed() -> None:
    unit = car("01")
    after(60, unit, FAR)
    after(61, unit, FAR)  # the same breath is no second opinion
    assert seen(unit) == (HERE, "jump")
    after(90, unit, Point(FAR.lat, FAR.lon + 0.001))
    assert seen(unit) == (Point(FAR.lat, FAR.lon + 0.001), "")
    assert "位置存疑" not in console()


def test_one_that_is_back_where_it_was_ends_the_doubt() -> None:
    unit = car("01")
    after(60, unit, FAR)
    after(90, unit, Point(30.011, HERE.lon))
    assert seen(unit) == (Point(30.011, HERE.lon), "")


@pytest.mark.parametrize(
    ("kind", "metres_a_minute", "doubted"),
    [("foot", 500, False), ("foot", 3000, True), ("car", 3000, False), ("car", 5000, True),
     ("boat", 1500, False), ("boat", 4000, True)],
)  # fmt: skip
def test_what_is_too_fast_depends_on_what_it_rides_in(
    kind: str, metres_a_minute: float, doubted: bool
) -> None:
    unit = car("01", kind=kind)
    after(60, unit, Point(HERE.lat + metres_a_minute / 111_195, HERE.lon))
    assert seen(unit)[1] == ("jump" if doubted else "")


def test_a_position_with_an_error_of_5_km_moves_nothing() -> None:
    unit = car("01")
    after(5, unit, Point(HERE.lat + 0.01, HERE.lon), accuracy=5000)
    assert seen(unit) == (HERE, "coarse")


@pytest.mark.parametrize(
    ("sent", "why"),
    [({"lat": "0", "lon": "0"}, "zero"), ({"lat": "nan", "lon": "122"}, "unreadable"),
     ({"lat": "95", "lon": "122"}, "unreadable"), ({"lat": "x", "lon": "y"}, "unreadable")],
)  # fmt: skip
def test_what_is_no_place_is_refused_in_words_and_seen_at_the_desk(
    sent: dict[str, str], why: str
) -> None:
    crew = Crew("01")
    report_position(SYSTEM, crew.unit, HERE)
    answer = crew.client.post("/crew/position/", sent, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert seen(crew.unit) == (HERE, why)
    assert "位置存疑" in console()
    page = crew.client.get("/crew/").content.decode()
    assert "位置存疑" in page


def test_an_arrival_settles_the_doubt_the_place_is_known_then() -> None:
    unit = car("01")
    after(60, unit, FAR)
    assign_unit(SYSTEM, incident(point=Point(30.02, 122.11)), unit)
    report_on_scene(SYSTEM, unit)
    assert seen(unit) == (Point(30.02, 122.11), "")


def test_off_duty_nothing_is_left_of_it_not_even_the_doubt() -> None:
    unit = car("01")
    after(60, unit, FAR)
    go_off_duty(SYSTEM, unit)
    assert seen(unit) == (None, "")
    assert not PositionDoubt.objects.exists()


def test_a_place_of_which_nobody_has_heard_for_hours_goes_by_itself() -> None:
    old, fresh = car("01"), car("02")
    ResponseUnit.objects.filter(pk=old.pk).update(seen_at=now() - timedelta(hours=4, minutes=1))
    assert let_go() == 1
    assert seen(old) == (None, "")
    assert seen(fresh) == (HERE, "")
    assert let_go() == 0


def test_the_log_tells_that_and_why_and_never_where() -> None:
    unit = car("01")
    after(10, unit, Point(HERE.lat + 0.001, HERE.lon))
    after(60, unit, FAR)
    ResponseUnit.objects.filter(pk=unit.pk).update(seen_at=now() - timedelta(hours=9))
    let_go()
    told = Entry.objects.filter(kind__startswith="dispatch.position_")
    assert {entry.kind.rpartition("_")[2] for entry in told} == {"reported", "doubted", "dropped"}
    assert all(set(json.loads(entry.text)) <= {"unit", "why"} for entry in told)


def test_the_table_asks_as_often_for_one_doubt_as_for_many() -> None:
    desk = Client()
    desk.force_login(account("dispatcher", body("command_centre", "department")))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk.get("/console/units/")
        return len(asked)

    after(60, car("00"), FAR)
    cost()
    one = cost()
    for number in range(12):
        after(60, car(f"1{number}"), FAR)
    assert cost() <= one
