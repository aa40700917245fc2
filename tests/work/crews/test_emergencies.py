"""A crew that presses for help is overlooked by nobody, until a person has seen to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.places.coordinates import Point
from gongzhi.work.crews.models import Emergency
from gongzhi.work.crews.readers import sweep
from gongzhi.work.crews.selectors.alarms import alarms
from gongzhi.work.dispatch.actions import report_position
from gongzhi.work.dispatch.selectors import units
from tests.work.crews.county import Crew
from tests.work.dispatch.county import HERE, SYSTEM, account, body, car, stands_at

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HTMX = {"HX-Request": "true"}


def desk(name: str = "desk") -> Client:
    client = Client()
    client.force_login(account("dispatcher", body("command_centre", "department"), name))
    return client


def banner(client: Client) -> str:
    return client.get("/console/alarms/").content.decode()


def test_it_needs_no_incident_and_no_position() -> None:
    crew = Crew()
    answer = crew.tell("emergency")
    assert (answer["state"], answer["acknowledged"]) == ("applied", False)
    said = banner(desk())
    assert f"{crew.unit} 紧急求助" in said
    assert "还不知道，请电台询问" in said
    assert Entry.objects.get(kind="crews.emergency_raised").subject.startswith(
        "dispatch.responseunit:"
    )


def test_the_desk_sees_who_where_on_what_and_who_is_near() -> None:
    crew = Crew()
    _matter, _on = crew.sent_to("fight", place="望海路 8 号")
    report_position(SYSTEM, crew.unit, HERE)
    near, farther = car("07"), car("08")
    with moment(now() + timedelta(minutes=30)):
        report_position(SYSTEM, farther, type(HERE)(HERE.lat + 0.05, HERE.lon))
    crew.tell("emergency")
    said = banner(desk())
    for words in ("望海路 8 号", str(crew.account), f"{HERE.lat:.5f}", str(near)):
        assert words in said
    assert said.index(str(near)) < said.index(str(farther))


def test_pressed_and_sent_again_and_again_it_is_one() -> None:
    crew = Crew()
    first = crew.write("emergency")
    for told in (first, first, crew.write("emergency"), first):
        assert crew.send(told)["acknowledged"] is False
    assert Emergency.objects.count() == 1
    assert Entry.objects.filter(kind="crews.emergency_raised").count() == 1


def test_of_two_who_take_it_up_one_has_it_and_the_phone_hears_of_it() -> None:
    crew = Crew()
    told = crew.write("emergency")
    crew.send(told)
    key = Emergency.objects.get().pk
    one, other = desk("one"), desk("other")
    assert one.post(f"/console/alarms/{key}/acknowledge/", headers=HTMX).status_code == 200
    assert other.post(f"/console/alarms/{key}/acknowledge/", headers=HTMX).status_code == 409
    assert crew.send(told)["acknowledged"] is True
    assert "指挥中心已经确认求助" in crew.client.get("/crew/").content.decode()


def test_it_is_stood_down_by_a_person_with_a_reason_and_not_before_somebody_knew() -> None:
    crew = Crew()
    crew.tell("emergency")
    key, client = Emergency.objects.get().pk, desk()
    down = f"/console/alarms/{key}/stand-down/"
    assert client.post(down, {"reason": "safe"}, headers=HTMX).status_code == 409
    client.post(f"/console/alarms/{key}/acknowledge/", headers=HTMX)
    assert client.post(down, {"reason": "bored"}, headers=HTMX).status_code == 422
    assert client.post(down, {"reason": "by_mistake"}, headers=HTMX).status_code == 200
    assert "紧急求助" not in banner(client).replace("紧急情况", "")
    assert '"by_mistake"' in Entry.objects.get(kind="crews.emergency_stood_down").text
    assert crew.tell("emergency")["state"] == "applied"  # the next one is another


def test_whom_nobody_answers_is_said_once_on_the_log() -> None:
    crew = Crew()
    crew.tell("emergency")
    with moment(now() + timedelta(seconds=61)):
        sweep()
        sweep()
    assert Entry.objects.filter(kind="crews.emergency_unanswered").count() == 1
    assert "一直没有人确认" in banner(desk())


def test_only_who_sends_units_may_take_it_up_and_only_the_desk_sees_it() -> None:
    crew = Crew()
    crew.tell("emergency")
    key = Emergency.objects.get().pk
    assert crew.client.get("/console/alarms/").status_code == 403
    assert crew.client.post(f"/console/alarms/{key}/acknowledge/").status_code == 403
    clerk = Client()
    clerk.force_login(account("call_taker", body("command_centre", "department")))
    assert clerk.post(f"/console/alarms/{key}/acknowledge/").status_code == 403


def test_pressed_without_a_line_it_says_when_it_was_pressed() -> None:
    with moment(now() - timedelta(minutes=30)):
        crew = Crew()
    crew.tell("emergency", ago=12)
    raised = Emergency.objects.get()
    assert 11 < (now() - raised.raised_at).total_seconds() / 60 < 13
    assert (now() - raised.told_at).total_seconds() < 60


def test_it_stands_above_every_page_of_the_desk_and_on_no_other() -> None:
    client = desk()
    for path in ("/console/", "/requests/", "/style/"):
        answer = client.get(path)
        if answer.status_code == 200:
            assert 'data-alarms-url="/console/alarms/"' in answer.content.decode(), path
    assert "data-alarms-url" not in Crew().client.get("/crew/").content.decode()
    assert "data-alarms-url" not in Client().get("/report/").content.decode()


def test_nearest_is_who_is_there_first_and_not_who_is_nearest_on_the_map(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A strait lies between: the unit across it is near, and can't come."""
    crew = Crew()
    report_position(SYSTEM, crew.unit, HERE)
    across, behind = car("07"), car("08")
    stands_at(across, Point(HERE.lat + 0.01, HERE.lon))
    stands_at(behind, Point(HERE.lat - 0.05, HERE.lon))
    monkeypatch.setattr(
        units, "lands_of", lambda points: [2 if one.lat > HERE.lat else 1 for one in points]
    )
    crew.tell("emergency")
    [help_] = alarms().helps
    first = help_.near[0]
    assert first.name == str(behind)
    assert first.eta is not None
