"""While the demo county runs, things happen, and nobody's own work is taken out of their hands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from pytest_django import Settings

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import open_account, open_unit
from gongzhi.base.people.models import Unit
from gongzhi.base.places.coordinates import Point
from gongzhi.config.demo import clerks, life, trickle
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.staff import Staff
from gongzhi.config.home import Home
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.dispatch.actions import assign_unit, go_on_duty, open_response_unit
from gongzhi.work.dispatch.models import Assignment, ResponseUnit

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("demo")
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PIER = Point(28.9, 122.0)


@pytest.fixture
def staff() -> Staff:
    desk = open_unit(
        SYSTEM, code="command_centre", kind="department", name_zh="指挥中心", name_en="Desk"
    )
    station = open_unit(SYSTEM, code="station_a", kind="station", name_zh="甲所", name_en="A")
    for role, unit in (("call_taker", desk), ("dispatcher", desk), ("officer", station)):
        open_account(SYSTEM, username=role, display_name="海小某", unit=unit, roles=[role])
    return Staff.of_county()


def car(code: str, **duty: object) -> ResponseUnit:
    station = Unit.objects.get(code="station_a")
    unit = open_response_unit(
        SYSTEM, code=code, name_zh=code, name_en=code, station=station, kind="car"
    )
    return go_on_duty(SYSTEM, unit, point=PIER, **duty)  # type: ignore[arg-type]


def turns(minutes: int) -> None:
    """Let so many minutes of the county's life go by, a turn a quarter of a minute."""
    for quarter in range(minutes * 4):
        with moment(AT + timedelta(seconds=15 * quarter)):
            trickle.trickle()


def incident(by: Actor) -> Matter:
    with moment(AT):
        return receive_call(
            by, NewCall("theft_scooter", "车被偷了", point=Point(28.91, 122.01))
        ).matter


def test_a_made_up_call_is_seen_to_by_a_made_up_crew(staff: Staff) -> None:
    car("car_1")
    matter = incident(SYSTEM)
    turns(30)
    matter.refresh_from_db()
    assert matter.step == "closed"
    assert Assignment.objects.get().disposition


def test_a_call_that_somebody_took_waits_for_somebody_to_send(staff: Staff) -> None:
    car("car_1")
    matter = incident(staff.call_taker)
    turns(20)
    matter.refresh_from_db()
    assert matter.step == "received"


def test_a_unit_whose_phone_somebody_holds_is_left_to_them(staff: Staff) -> None:
    officer = staff.clerks[Unit.objects.get(code="station_a").pk].source
    mine = car("car_1", crew=[officer])
    matter = incident(staff.call_taker)
    with moment(AT):
        assign_unit(staff.dispatcher, matter, mine)
    turns(20)
    mine.refresh_from_db()
    assert mine.status == "dispatched"


def test_requests_come_in_and_are_answered(staff: Staff) -> None:
    open_unit(SYSTEM, code="bureau", kind="bureau", name_zh="公安局", name_en="Bureau")
    told = life.Next(
        "request", "lamp_out", "灯不亮", "海平路", Point(28.9, 122.0), "", {}, "hotline", {}
    )
    rng = np.random.default_rng(1)
    with moment(AT):
        clerks.file_one(rng, told)
    turns(60)
    assert Matter.objects.get(procedure="resident_request").step == "answered"


def test_what_is_told_ahead_suits_the_hour(
    drawn: County, tmp_path: Path, settings: Settings
) -> None:
    home = Home(tmp_path)
    assert life.next_of(home.demo_life, AT, 1) is None
    assert life.tell_ahead(drawn, home.demo_life, seed=7, until=AT) == 24 * life.AN_HOUR
    one = life.next_of(home.demo_life, AT, 5)
    assert one is not None
    assert one.words
    assert one.point.lat == pytest.approx(28.9, abs=0.6)
