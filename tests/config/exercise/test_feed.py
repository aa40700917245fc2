"""A drill's calls come by its clock: each once, however often it was stopped and started."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from gongzhi.base.log.actions import moment, now
from gongzhi.base.matters.models import Matter
from gongzhi.base.places.models import County
from gongzhi.config.exercise import crews, feed
from gongzhi.config.exercise.plan import Drill, Planned, read_drill, write_drill, write_plan
from gongzhi.config.home import Home
from gongzhi.work.calls.models import Call
from gongzhi.work.dispatch.actions import assign_unit, move_incident
from gongzhi.work.dispatch.models import Assignment, WayCondition
from gongzhi.work.dispatch.states import Status
from tests.work.dispatch.county import HERE, SYSTEM, body, car

pytestmark = [pytest.mark.django_db]
PLAN = [
    Planned(10, "help_public", "大树倒了", "海平路", HERE.lat, HERE.lon),
    Planned(20, "help_public", "我也看到了", "海平路", HERE.lat, HERE.lon, joins=0),
    Planned(30, "medical", "胸口痛", "云海村", priority=1),
    Planned(3000, "fire", "着火", "云海村"),
]
DRILL = Drill("storm", "storm", 7, speed=10, crews=True)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A drill's home, whose clock has not run yet."""
    body("command_centre", "department")
    drill = Home(tmp_path)
    settings.HOME = drill
    write_drill(drill, DRILL)
    write_plan(drill, PLAN)
    monkeypatch.setattr(feed, "_ticked", None)
    return drill


def ticks(number: int, seconds: float = 1.0) -> None:
    """So many ticks of the clock, one a second."""
    begin = now()
    for nth in range(number):
        with moment(begin + timedelta(seconds=seconds * nth)):
            feed.feed()


@pytest.mark.both_databases
def test_calls_come_when_their_time_has_come_and_some_join(home: Home) -> None:
    ticks(2)
    assert [call.words for call in Call.objects.order_by("pk")] == ["大树倒了"]
    ticks(5)
    assert Call.objects.count() == 3
    assert Matter.objects.count() == 2
    assert Matter.objects.get(category="medical").priority == 1
    assert Call.objects.filter(joined=True).get().matter.category == "help_public"
    assert read_drill(home).fed == 3


def test_a_drill_that_was_stopped_goes_on_where_it_was(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks(4)
    before = read_drill(home).elapsed
    with moment(now() + timedelta(hours=2)):  # a lunch break
        monkeypatch.setattr(feed, "_ticked", None)
        feed.feed()
    assert read_drill(home).elapsed == before
    assert Call.objects.count() == 3


@pytest.mark.both_databases
def test_a_call_that_was_taken_when_the_power_failed_is_not_taken_again(home: Home) -> None:
    ticks(4)
    write_drill(home, replace(read_drill(home), fed=0))  # the note of it was lost
    ticks(1)
    assert Call.objects.count() == 3
    assert Matter.objects.count() == 2


def test_who_calls_about_what_is_closed_already_opens_an_incident_of_their_own() -> None:
    ticks(2)
    first = Matter.objects.get()
    with moment(now() + timedelta(minutes=1)):
        move_incident(SYSTEM, first, "settled", elements={"settled_how": "有人挪开了"})
        move_incident(SYSTEM, Matter.objects.get(pk=first.pk), "closed")
        ticks(2)
    assert Matter.objects.filter(category="help_public").count() == 2


def test_the_storm_stops_the_ferries_once_after_some_minutes(home: Home) -> None:
    County.objects.create(
        code="here", name_zh="此县", own=True, south=30, west=122, north=31, east=123
    )
    ticks(3)
    assert not WayCondition.objects.exists()
    write_drill(home, replace(read_drill(home), elapsed=500))
    ticks(2)
    stopped = WayCondition.objects.get()
    assert (stopped.ferries, stopped.speed, stopped.reason) == (True, 0, "stopped")


def test_made_up_crews_set_off_arrive_and_clear_so_that_one_can_train_alone() -> None:
    ticks(2)
    unit, matter = car("1"), Matter.objects.get()
    with moment(now() + timedelta(minutes=1)):
        assign_unit(SYSTEM, matter, unit)
    seen = [Status(unit.status)]
    for minutes in range(2, 20):
        with moment(now() + timedelta(minutes=minutes)):
            crews.go_on()
        unit.refresh_from_db()
        if unit.status != seen[-1]:
            seen.append(Status(unit.status))
    assert seen == [Status.FREE, Status.EN_ROUTE, Status.ON_SCENE, Status.FREE]
    matter.refresh_from_db()
    assert matter.step == "closed"
    assert Assignment.objects.get().disposition == "helped"
