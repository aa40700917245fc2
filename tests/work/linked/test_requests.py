"""Partners are asked once, answer in order and in time, and everything is on record."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.catalogue.kinds.run_card import Facts
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import catch_up
from gongzhi.base.matters.actions import NewParty
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.people.selectors import reads_of
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import merge_incident, move_incident
from gongzhi.work.linked import actions
from gongzhi.work.linked.models import LinkedAnswer, LinkedRequest
from gongzhi.work.linked.readers import look_at_clocks
from gongzhi.work.linked.selectors import requests_of, suggested_partners
from tests.work.linked.cast import (
    SYSTEM,
    account,
    answer,
    ask,
    body,
    dispatcher,
    fire_desk,
    incident,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def titles(request: LinkedRequest) -> list[str]:
    return [one.title for one in timeline(request.matter)]


def follow() -> None:
    catch_up("linked.incidents")


def test_from_asking_to_done_each_step_stands_on_the_timeline() -> None:
    desk, partner = dispatcher(), Actor.account(fire_desk())
    request = actions.ask_partner(
        desk, incident("fire"), "fire_rescue", offers=["engine", "ladder"], words="三楼有人"
    )
    for said in ("accepted", "under_way", "there", "done"):
        assert answer(request, said, partner, words=f"{said}了").changed
    request.refresh_from_db()
    assert (request.state, request.due_at) == ("done", None)
    assert request.ended_at
    told = titles(request)
    assert told[:4] == [
        "119 消防救援办完",
        "119 消防救援到场",
        "119 消防救援出发",
        "119 消防救援已受理",
    ]
    assert "请求119 消防救援联动：消防车、云梯车" in told
    words = [one.words for one in timeline(request.matter)]
    assert "三楼有人" in words
    assert "there了" in words


def test_the_log_has_none_of_the_words() -> None:
    request = ask(words="三楼有人")
    answer(request, "refused", reason="other", words="车都出去了")
    assert not Entry.objects.filter(text__contains="三楼").exists()
    assert not Entry.objects.filter(text__contains="车都").exists()


def test_a_partner_is_asked_once_at_a_time_and_again_after_its_no() -> None:
    request = ask()
    with pytest.raises(Refused, match="已经请求过119 消防救援"):
        ask(request.matter)
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkedRequest.objects.create(
            matter=request.matter, partner="fire_rescue", way="page",
            state_since=now(), asked_at=now(),
        )  # fmt: skip
    answer(request, "refused", reason="none_free")
    assert ask(request.matter).pk != request.pk


def test_a_no_says_why_and_other_in_words() -> None:
    request = ask()
    with pytest.raises(Refused, match="原因"):
        answer(request, "refused")
    with pytest.raises(Refused, match="写明"):
        answer(request, "refused", reason="other")
    assert not LinkedAnswer.objects.exists()
    answer(request, "refused", reason="can_not_reach")
    request.refresh_from_db()
    assert (request.state, request.reason) == ("refused", "can_not_reach")


def test_an_answer_that_comes_late_or_twice_changes_nothing_and_is_kept() -> None:
    request = ask()
    answer(request, "done")
    late = answer(request, "there")
    assert not late.changed
    assert not answer(request, "done").changed
    request.refresh_from_db()
    assert request.state == "done"
    assert request.there_at is None
    assert [one.changed for one in request.answers.order_by("pk")] == [True, False, False]
    assert titles(request)[0] == "119 消防救援办完"


def test_what_contradicts_is_refused_with_the_reason() -> None:
    request = actions.cancel_request(SYSTEM, ask())
    with pytest.raises(Refused, match="已经取消") as refused:
        answer(request, "accepted")
    assert (refused.value.status, refused.value.code) == (409, "is_cancelled")
    other = ask()
    answer(other, "there")
    with pytest.raises(Refused, match="不能再改成“无法协助”"):
        answer(other, "refused", reason="none_free")


def test_only_the_partner_and_the_desk_on_its_behalf_may_answer() -> None:
    request, stranger = ask(), body("power_company", "department")
    with pytest.raises(Refused) as refused:
        answer(request, "accepted", Actor.account(account("partner_desk", stranger)))
    assert refused.value.code == "not_your_request"
    with pytest.raises(Refused):
        answer(request, "accepted", Actor.account(account("officer", body("a"))))
    with pytest.raises(Refused):
        actions.ask_partner(Actor.account(fire_desk()), request.matter, "ambulance")
    with pytest.raises(Refused):
        actions.make_link(Actor.account(fire_desk("second")), request)
    assert answer(request, "accepted", dispatcher(), via="phone").changed
    assert timeline(request.matter)[0].words == "电话里说的"


def test_a_partner_that_never_answers_turns_late_once_and_a_call_is_on_record() -> None:
    request = ask()
    assert look_at_clocks() == 0
    with moment(request.asked_at + timedelta(minutes=4)):
        assert look_at_clocks() == 1
        assert look_at_clocks() == 0
        row = requests_of(request.matter)[0]
        assert (row.late, row.tone) == (True, "bad")
        actions.phone_partner(dispatcher(), request)
    assert titles(request)[:2] == ["已电话告知119 消防救援", "119 消防救援没有按时答复"]
    assert requests_of(request.matter)[0].phoned_at


def test_from_its_yes_the_partner_has_its_time_to_be_there() -> None:
    request = ask()
    first = request.due_at
    answer(request, "accepted", minutes=8)
    request.refresh_from_db()
    assert request.accepted_at
    assert request.eta_at
    assert first
    assert request.due_at == request.accepted_at + timedelta(minutes=12) > first
    with moment(request.due_at + timedelta(minutes=1)):
        assert look_at_clocks() == 1
    assert titles(request)[0] == "119 消防救援没有按时到场"
    assert answer(request, "there").changed
    request.refresh_from_db()
    assert request.due_at is None


def test_when_the_incident_is_over_only_those_not_yet_under_way_are_called_off() -> None:
    matter = incident("fire")
    waiting, moving = ask(matter), ask(matter, "ambulance")
    answer(moving, "under_way")
    move_incident(dispatcher(), matter, "cancelled", elements={"reason": "误报"})
    follow()
    waiting.refresh_from_db()
    moving.refresh_from_db()
    assert (waiting.state, moving.state) == ("cancelled", "under_way")
    assert answer(moving, "done").changed


def test_with_a_merged_incident_its_partners_go_along_once() -> None:
    matter, into = incident("fire"), incident("fire")
    twice, along = ask(matter), ask(matter, "ambulance")
    ask(into)
    merge_incident(dispatcher(), matter, into)
    follow()
    twice.refresh_from_db()
    along.refresh_from_db()
    assert (twice.state, along.matter, along.state) == ("cancelled", into, "asked")
    assert titles(along)[0] == "120 急救的联动转到这件"


def test_the_contact_is_shown_only_where_the_desk_ticked_it_and_on_record() -> None:
    caller = NewParty("caller", {"name": "海某某", "phone": "13800000000"})
    matter, partner = incident("fire", parties=[caller]), Actor.account(fire_desk())
    kept = ask(matter)
    with pytest.raises(Refused, match="没有提供联系方式"):
        actions.open_contact(partner, kept)
    actions.cancel_request(SYSTEM, kept)
    shared = ask(matter, share_contact=True)
    with pytest.raises(Refused):
        actions.open_contact(Actor.account(account("partner_desk", body("x"))), shared)
    assert actions.open_contact(partner, shared)["phone"] == "13800000000"
    looks = reads_of(matter.parties.get().person)
    assert [(look.unit, look.purpose) for look in looks] == [
        (body("fire_rescue"), "救助、处置紧急情况")
    ]
    answer(shared, "done")
    with pytest.raises(Refused):
        actions.open_contact(partner, shared)
    assert "119 消防救援查看了联系方式" in titles(shared)


def test_who_may_not_look_at_the_contact_may_not_share_it() -> None:
    matter = incident("fire")
    body("fire_rescue", "department")
    with pytest.raises(Refused, match="没有留联系方式"):
        actions.ask_partner(dispatcher(), matter, "fire_rescue", share_contact=True)
    caller = NewParty("caller", {"name": "海某某", "phone": "13800000000"})
    commander = Actor.account(account("commander", body("far")))
    with pytest.raises(Refused):
        actions.ask_partner(
            commander, incident("fire", parties=[caller]), "fire_rescue", share_contact=True
        )
    assert not LinkedRequest.objects.exists()


def test_the_catalogue_says_whom_to_ask() -> None:
    body("civil_affairs", "department")
    shop = Facts(1, answers={"what": "shop", "people": "yes"})
    card = catalogue().run_cards["fire"].versions[-1].plan(shop)
    fire = suggested_partners("fire", card.partners)
    assert [(one.code, list(one.offers)) for one in fire] == [
        ("ambulance", ["ambulance"]), ("fire_rescue", ["engine"]), ("power", ["cut_off"]),
    ]  # fmt: skip
    assert suggested_partners("theft", {}) == []
    carded = suggested_partners("theft", {"grid": (), "nobody": (), "ambulance": ()})
    assert [one.code for one in carded] == ["ambulance", "grid"]
    assert suggested_partners("no_such", {}) == []


def test_grid_workers_are_those_of_the_town(monkeypatch: pytest.MonkeyPatch) -> None:
    town, matter = body("town_lancheng", "department"), incident("lost_elder")
    matter.town = "lancheng"
    matter.save(update_fields=["town"])
    assert ask(matter, "grid", offers=["search"]).unit == town


def test_a_department_without_a_file_can_be_asked_with_ordinary_limits() -> None:
    matter, unit = incident("fire"), body("housing", "department")
    request = ask(matter, "housing")
    assert (request.unit, request.partner) == (unit, "housing")
    assert request.due_at == request.asked_at + timedelta(minutes=5)
    assert titles(request)[0] == "请求housing所联动"
    with pytest.raises(Refused, match="请选一个联动单位"):
        ask(matter, "nobody")
    with pytest.raises(Refused, match="没有这一项"):
        ask(matter, "ambulance", offers=["ladder"])


def test_nothing_is_asked_about_what_is_over_or_imported() -> None:
    matter = incident("fire")
    move_incident(dispatcher(), matter, "cancelled", elements={"reason": "误报"})
    before = Entry.objects.count()
    with pytest.raises(Refused, match="已经办结"):
        ask(matter)
    assert Entry.objects.filter(kind__startswith="linked.").count() == 0
    assert Entry.objects.count() >= before


def test_each_event_names_request_and_partner() -> None:
    request = ask()
    answer(request, "accepted")
    for entry in Entry.objects.filter(kind__startswith="linked."):
        told = json.loads(entry.text)
        assert (told["request"], told["partner"]) == (request.pk, "fire_rescue")
        assert entry.subject == f"matters.matter:{request.matter_id}"
