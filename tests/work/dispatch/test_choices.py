"""Another unit than the first is sent at once; why, is said with one key; the log has both."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import assign_unit, explain_choice
from gongzhi.work.dispatch.models import Assignment, ResponseUnit
from tests.work.dispatch.county import SYSTEM, account, body, car, dispatcher, incident, stands_at

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(account("dispatcher", body("command_centre", "department")))
    return client


def near_and_far() -> tuple[ResponseUnit, ResponseUnit, Matter]:
    near, far = car("01"), car("02")
    stands_at(far, Point(30.1, 122.1))
    return near, far, incident()


def send(desk: Client, matter: Matter, unit: ResponseUnit) -> str:
    answer = desk.post(f"/console/incidents/{matter.pk}/assign/", {"unit": unit.pk}, headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def assigned() -> dict[str, object]:
    return json.loads(Entry.objects.get(kind="dispatch.unit_assigned").text)  # type: ignore[no-any-return]


def test_the_first_one_is_sent_and_nothing_is_asked(desk: Client) -> None:
    near, _, matter = near_and_far()
    assert "为什么派" not in send(desk, matter, near)
    assert assigned()["recommended"] == near.pk
    assert assigned()["recommended_eta"] == assigned()["eta"]


def test_another_one_goes_at_once_and_the_log_keeps_both(desk: Client) -> None:
    near, far, matter = near_and_far()
    said = send(desk, matter, far)
    assert f"为什么派 {far}，没派首选 {near}？" in said
    assert 'data-keys="1"' in said
    told = assigned()
    assert (told["unit"], told["recommended"]) == (far.pk, near.pk)
    assert told["eta"] > told["recommended_eta"] + 120  # type: ignore[operator]


def test_the_reason_is_on_the_log_as_a_code_and_the_words_are_not(desk: Client) -> None:
    near, far, matter = near_and_far()
    send(desk, matter, far)
    key = Assignment.objects.get().pk
    told = {"assignment": key, "reason": "other", "words": "村里熟人领路"}
    said = desk.post(f"/console/incidents/{matter.pk}/why/", told, headers=HTMX).content.decode()
    assert "没派首选" not in said
    entry = Entry.objects.get(kind="dispatch.choice_explained")
    assert json.loads(entry.text) == {
        "assignment": key, "unit": far.pk, "code": far.code, "recommended": near.pk,
        "reason": "other",
    }  # fmt: skip
    assert not Entry.objects.filter(text__contains="熟人").exists()
    assert any("熟人领路" in (one.words + one.title) for one in timeline(matter))


def test_what_is_nearly_as_good_and_a_second_unit_ask_for_nothing(desk: Client) -> None:
    near, other, matter = near_and_far()
    stands_at(other, Point(30.012, 122.1))
    assert "为什么派" not in send(desk, matter, other)
    third = car("03")
    stands_at(third, Point(30.2, 122.1))
    assert "为什么派" not in send(desk, matter, third)
    assert near.pk


@pytest.mark.both_databases
def test_a_reason_that_is_none_is_refused() -> None:
    near, far, matter = near_and_far()
    plain = assign_unit(SYSTEM, matter, near)
    with pytest.raises(Refused, match="派的就是首选"):
        explain_choice(SYSTEM, plain, "let_rest")
    passed = Assignment.objects.create(
        matter=incident(), unit=far, assigned_at=plain.assigned_at, passed_over=near
    )
    with pytest.raises(Refused, match="请选一个理由"):
        explain_choice(dispatcher(), passed, "nonsense")
    with pytest.raises(Refused, match="请写一句"):
        explain_choice(dispatcher("desk2"), passed, "other", "  ")
    assert explain_choice(SYSTEM, passed, "let_rest").choice_reason == "let_rest"
    assert explain_choice(SYSTEM, passed, "knows_it").choice_reason == "knows_it"
    assert Entry.objects.filter(kind="dispatch.choice_explained").count() == 2


def test_who_only_looks_explains_nothing(client: Client) -> None:
    near, far, matter = near_and_far()
    passed = Assignment.objects.create(
        matter=matter, unit=far, assigned_at=matter.opened_at, passed_over=near
    )
    client.force_login(account("officer", body("a")))
    answer = client.post(
        f"/console/incidents/{matter.pk}/why/", {"assignment": passed.pk, "reason": "knows_it"}
    )
    assert answer.status_code == 403
