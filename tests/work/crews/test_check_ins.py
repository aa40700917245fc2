"""A crew at a scene is asked whether it is well; the desk sees who doesn't answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import advance
from gongzhi.base.matters.actions import change_priority
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.work.crews.models import Watch
from gongzhi.work.crews.readers import sweep, watch_those_who_arrive
from gongzhi.work.dispatch.actions import recall_unit, report_on_scene
from gongzhi.work.dispatch.models import Assignment
from tests.work.crews.county import Crew, minutes_between
from tests.work.dispatch.county import SYSTEM, account, body

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def follow() -> None:
    """Let the reader read all that is new."""
    while advance("crews.watches", watch_those_who_arrive):
        pass


def at_the_scene(
    category: str = "domestic_violence", *, ago: float = 0, **more: object
) -> tuple[Crew, Assignment]:
    with moment(now() - timedelta(minutes=ago)):
        crew = Crew(**more)  # type: ignore[arg-type]
        _matter, on = crew.sent_to(category)
        report_on_scene(SYSTEM, crew.unit)
    follow()
    return crew, on


def later(minutes: float) -> None:
    """The sweep, so many minutes from now."""
    with moment(now() + timedelta(minutes=minutes)):
        sweep()


def desk() -> Client:
    client = Client()
    who = Account.objects.filter(roles=["dispatcher"]).first()
    client.force_login(who or account("dispatcher", body("command_centre", "department")))
    return client


@pytest.mark.parametrize(
    ("category", "more", "minutes"),
    [("domestic_violence", {}, 10), ("weapon_threat", {}, 5), ("theft", {}, None),
     ("theft", {"people": 2}, None), ("sea_rescue", {"kind": "boat"}, 15)],
)  # fmt: skip
def test_how_often_depends_on_the_incident_and_the_crew(
    category: str, more: dict[str, object], minutes: float | None
) -> None:
    crew, on = at_the_scene(category, **more)
    crew.unit.members.create(account=account("officer", body("a"), "mate"), began_at=now())
    Watch.objects.all().delete()
    Entry.objects.count()
    watch_those_who_arrive(Entry.objects.filter(kind="dispatch.unit_arrived").latest("seq"))
    found = Watch.objects.filter(assignment=on).first()
    assert (found.seconds / 60 if found else None) == minutes


def test_somebody_alone_is_always_asked() -> None:
    _crew, on = at_the_scene("theft")
    assert Watch.objects.get(assignment=on).rule == "alone"


def test_a_late_answer_rises_at_the_desk_from_a_warning_to_grave_each_said_once() -> None:
    crew, on = at_the_scene()
    later(9)
    assert not Entry.objects.filter(kind="crews.check_in_late").exists()
    later(11)
    later(12)
    assert "没有按时报平安" in alarms_in(11.5)
    later(16)
    later(17)
    told = Entry.objects.filter(kind="crews.check_in_late").order_by("seq")
    assert ['"warn"' in told[0].text, '"grave"' in told[1].text, len(told)] == [True, True, 2]
    assert "一直没有报平安" in alarms_in(17)
    assert crew.tell("check_in", on)["state"] == "applied"
    assert "报平安" not in alarms_in(1)


def alarms_in(minutes: float) -> str:
    client = desk()
    with moment(now() + timedelta(minutes=minutes)):
        return client.get("/console/alarms/").content.decode()


def test_the_desk_answers_for_a_crew_it_has_on_the_radio() -> None:
    crew, on = at_the_scene()
    Watch.objects.update(due_at=now() - timedelta(minutes=2))
    sweep()
    client = desk()
    said = client.post(f"/console/check-ins/{on.pk}/", headers={"HX-Request": "true"})
    assert said.status_code == 200
    assert "没有按时报平安" not in said.content.decode()
    answered = Entry.objects.get(kind="crews.checked_in")
    assert '"by_radio":true' in answered.text.replace(" ", "")
    assert '"late":true' in answered.text.replace(" ", "")
    assert crew.client.post(f"/console/check-ins/{on.pk}/").status_code == 403


def test_answers_given_without_a_line_count_when_they_were_given() -> None:
    crew, on = at_the_scene(ago=60)
    Watch.objects.update(due_at=now() + timedelta(minutes=1))
    kept = [crew.write("check_in", on, ago=minutes) for minutes in (50, 40, 30, 20, 10, 1)]
    for told in reversed(kept):  # in the worst order
        assert crew.send(told)["state"] == "applied"
    watch = Watch.objects.get()
    assert minutes_between(watch.due_at, now() + timedelta(minutes=9)) < 0.5
    assert Entry.objects.filter(kind="crews.checked_in").count() == 6
    sweep()
    assert not Entry.objects.filter(kind="crews.check_in_late").exists()


def test_a_phone_that_comes_back_has_time_to_send_what_it_kept() -> None:
    """Arrived an hour ago, told only now: its crew isn't late in the same second."""
    with moment(now() - timedelta(minutes=70)):
        crew = Crew()
        _matter, on = crew.sent_to("domestic_violence")
    crew.tell("arrive", on, ago=60)
    follow()
    sweep()
    assert not Entry.objects.filter(kind="crews.check_in_late").exists()


def test_a_crew_is_asked_more_often_when_it_becomes_graver_and_never_less() -> None:
    crew, on = at_the_scene("domestic_violence")
    crew.unit.members.create(account=account("officer", body("a"), "mate"), began_at=now())
    Watch.objects.update(rule="at_sea", seconds=1200, due_at=now() + timedelta(minutes=20))
    change_priority(SYSTEM, on.matter, 1 if on.matter.priority != 1 else 2)
    follow()
    assert Watch.objects.get().seconds == 600
    assert minutes_between(Watch.objects.get().due_at, now()) == pytest.approx(10, abs=0.5)
    change_priority(SYSTEM, Matter.objects.get(pk=on.matter_id), 4)
    follow()
    assert Watch.objects.get().seconds == 600


def test_nobody_is_asked_any_more_once_it_is_over() -> None:
    crew, on = at_the_scene()
    recall_unit(SYSTEM, on.matter, crew.unit)
    later(60)
    assert not Entry.objects.filter(kind="crews.check_in_late").exists()
    assert "报平安" not in alarms_in(60)
    assert crew.tell("check_in", on)["state"] == "already"


def test_the_phone_shows_when_the_next_answer_is_due() -> None:
    crew, _on = at_the_scene()
    page = crew.client.get("/crew/").content.decode()
    assert "data-check-in" in page
    assert "我们平安" in page
    assert 'data-seconds="600"' in page
