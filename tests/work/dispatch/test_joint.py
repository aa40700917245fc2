"""Several waiting incidents at once: proposed, and sent whole, in part, or not."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongzhi.base.log.models import Entry
from gongzhi.base.places.coordinates import Point
from gongzhi.work.dispatch.actions import assign_unit
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.linked.models import LinkedRequest
from tests.markup import tight
from tests.work.dispatch.county import HERE, SYSTEM, account, body, car, incident, stands_at

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(account("dispatcher", body("command_centre", "department")))
    return client


def proposal(client: Client) -> str:
    answer = client.get("/console/joint/", headers=HTMX)
    assert answer.status_code == 200
    return tight(answer.content.decode())


def ticks(said: str) -> list[str]:
    return re.findall(r'name="pair" value="([\w:]+)"', tight(said))


def test_the_strip_is_there_when_two_wait_and_for_those_who_send(desk: Client) -> None:
    incident()
    assert "joint-dialog" not in desk.get("/console/queue/").content.decode()
    incident()
    assert "2 件待派" in desk.get("/console/queue/").content.decode()
    head = Client()
    head.force_login(account("commander", body("command_centre", "department"), "head"))
    assert head.get("/console/joint/").status_code in (200, 403)


def test_what_is_proposed_is_sent_by_the_same_action_and_the_log_says_that_it_was_joint(
    desk: Client,
) -> None:
    near, far = incident(), incident(point=Point(30.05, 122.1))
    one, two = car("01"), car("02")
    stands_at(two, Point(30.05, 122.1))
    pairs = ticks(proposal(desk))
    assert [pair.split(":")[:2] for pair in pairs] == [
        [str(near.pk), str(one.pk)], [str(far.pk), str(two.pk)],
    ]  # fmt: skip
    said = desk.post("/console/joint/send/", {"pair": pairs}, headers=HTMX).content.decode()
    assert said.count('data-tone="good"') == 2
    assert set(Assignment.objects.filter(ACTIVE).values_list("matter", "unit")) == {
        (near.pk, one.pk), (far.pk, two.pk),
    }  # fmt: skip
    entries = Entry.objects.filter(kind="dispatch.unit_assigned")
    assert all('"joint":true' in entry.text for entry in entries)


def test_each_gets_its_whole_run_card_and_what_nobody_fills_is_said(desk: Client) -> None:
    hurt = incident("fight", answers={"weapon": "yes", "injured": "yes"})
    theft = incident()
    armed, patrol = car("01", skills=["armed"]), car("02", skills=[])
    third = car("03", skills=[])
    said = proposal(desk)
    shown = {(int(i), int(unit), role) for i, unit, _eta, role in map(_split, ticks(said))}
    assert shown == {
        (hurt.pk, armed.pk, "armed"), (hurt.pk, patrol.pk, "first"), (theft.pk, third.pk, "first"),
    } or shown == {
        (hurt.pk, armed.pk, "armed"), (hurt.pk, third.pk, "first"), (theft.pk, patrol.pk, "first"),
    }  # fmt: skip
    assert "<b>急救组</b>没有合适的空闲单位" in said
    desk.post("/console/joint/send/", {"pair": ticks(said)}, headers=HTMX)
    assert set(hurt.assignments.values_list("role", flat=True)) == {"armed", "first"}
    told = Entry.objects.get(kind="dispatch.card_sent", subject=f"matters.matter:{hurt.pk}").text
    assert '"units":2' in told
    assert '"missing":1' in told


def test_the_partners_of_each_card_are_asked_with_it(desk: Client) -> None:
    ill, alone = incident("medical"), incident("medical")
    car("01", skills=["first_aid"])
    said = proposal(desk)
    asks = re.findall(r'name="ask" value="([\w:]+)" checked', said)
    sent, waiting = (ill, alone) if f"{ill.pk}:ambulance" in asks else (alone, ill)
    assert asks == [f"{sent.pk}:ambulance"]  # who gets nobody is asked for by itself
    desk.post("/console/joint/send/", {"pair": ticks(said), "ask": asks}, headers=HTMX)
    assert [one.matter_id for one in LinkedRequest.objects.all()] == [sent.pk]
    assert not waiting.assignments.exists()


def test_of_one_incident_all_are_sent_or_nobody(desk: Client) -> None:
    hurt = incident("fight", answers={"weapon": "yes"})
    theft = incident()
    for number in ("01", "02", "03"):
        car(number, skills=["armed"])
    pairs = ticks(proposal(desk))
    taken = next(int(unit) for i, unit, *_ in map(_split, pairs) if int(i) == hurt.pk)
    assign_unit(SYSTEM, incident(), ResponseUnit.objects.get(pk=taken))
    desk.post("/console/joint/send/", {"pair": pairs}, headers=HTMX)
    assert not hurt.assignments.exists()
    assert theft.assignments.count() == 1


def test_rather_somebody_than_nobody_and_not_under_a_role_that_it_cannot_fill(desk: Client) -> None:
    crash = incident("traffic_injury")
    incident(point=None)
    car("01", skills=[])
    said = proposal(desk)
    assert "缺" in said
    desk.post("/console/joint/send/", {"pair": ticks(said)}, headers=HTMX)
    assert crash.assignments.get().role == ""
    assert not Entry.objects.filter(kind="dispatch.card_sent").exists()


def _split(pair: str) -> list[str]:
    return pair.split(":")


def test_it_can_be_taken_in_part_and_the_rest_is_proposed_anew(desk: Client) -> None:
    incident()
    incident()
    car("01")
    car("02")
    first, second = ticks(proposal(desk))
    said = desk.post("/console/joint/send/", {"pair": [second]}, headers=HTMX).content.decode()
    assert [one.split(":")[0] for one in ticks(said)] == [first.split(":")[0]]
    assert Assignment.objects.count() == 1


def test_one_that_was_taken_meanwhile_holds_up_nobody_else(desk: Client) -> None:
    incident()
    incident()
    one = car("01")
    car("02")
    pairs = ticks(proposal(desk))
    assign_unit(SYSTEM, incident(), one)
    said = desk.post("/console/joint/send/", {"pair": pairs}, headers=HTMX).content.decode()
    assert "刚被派往" in said
    assert said.count('data-tone="good"') == 1


def test_when_units_are_short_it_says_who_waits_and_what_is_not_on_the_map(desk: Client) -> None:
    incident("robbery")
    incident("dispute_consumer")
    incident(point=None)
    car("01")
    said = proposal(desk)
    assert "暂时没有单位，先等" in said
    incident()
    incident()
    assert "<b>先到组</b>合适的单位要先去别处" in proposal(desk)
    assert "另有 1 件还没有在地图上定位" in said
    assert len(ticks(said)) == 1


def test_nonsense_is_refused_in_words(desk: Client) -> None:
    nothing = desk.post("/console/joint/send/", {}, headers=HTMX)
    assert nothing.status_code == 422
    assert "一件都没有选" in nothing.content.decode()
    odd = desk.post("/console/joint/send/", {"pair": ["x", "1:2:3:4", "::", HERE]}, headers=HTMX)
    assert odd.status_code == 200
    assert not Assignment.objects.exists()
