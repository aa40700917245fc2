"""Units as people keep them: set up, changed, planned, retired; and what they may be said to do."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import (
    assign_unit,
    change_unit,
    clear_unit,
    drop_shift,
    go_off_duty,
    go_on_duty,
    open_response_unit,
    plan_shift,
    report_on_scene,
    retire_unit,
    set_status,
    state_unit,
)
from gongzhi.work.dispatch.models import ResponseUnit, UnitShift
from gongzhi.work.dispatch.selectors.fleet import fleet, statuses_open_to
from tests.work.dispatch.county import SYSTEM, account, body, car, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
UNIT = {
    "name_zh": "甲 09", "name_en": "A 09", "kind": "boat", "people": 3, "officers": 2,
    "skills": ["boat"], "equipment": ["throw_bag"], "beats": [], "vehicle": "12 米巡逻艇",
    "seats": 8, "sea_limit": 4,
}  # fmt: skip


def keeper(role: str = "commander", unit: str = "bureau", kind: str = "bureau") -> Actor:
    return Actor.account(account(role, body(unit, kind)))


def leader(station: str = "a") -> Actor:
    return Actor.account(account("unit_leader", body(station)))


def test_the_duty_leader_sets_up_changes_and_retires_a_unit_and_the_log_has_no_name() -> None:
    by = keeper()
    unit = open_response_unit(by, code="a_09", station=body("a"), **UNIT)
    change_unit(by, unit, vehicle="15 米巡逻艇", people=4)
    unit.refresh_from_db()
    assert (unit.vehicle, unit.people, unit.sea_limit) == ("15 米巡逻艇", 4, 4)
    entry = Entry.objects.get(kind="dispatch.unit_changed")
    assert json.loads(entry.text)["fields"] == ["people", "vehicle"]
    assert not Entry.objects.filter(text__contains="巡逻艇").exists()
    retire_unit(by, unit)
    assert not ResponseUnit.objects.exists()
    assert ResponseUnit.every.get().retired_at is not None
    with pytest.raises(Refused, match="已经撤销"):
        go_on_duty(by, unit)


def test_what_a_retired_unit_did_stays_with_its_call_sign() -> None:
    unit, matter = car("01"), incident()
    assign_unit(SYSTEM, matter, unit)
    report_on_scene(SYSTEM, unit)
    clear_unit(SYSTEM, unit, disposition="helped")
    with pytest.raises(Refused, match="离岗以后才能撤销"):
        retire_unit(SYSTEM, unit)
    go_off_duty(SYSTEM, unit)
    retire_unit(SYSTEM, unit)
    assert str(matter.assignments.get().unit) == "a 01"
    with pytest.raises(Refused, match="已经撤销"):
        assign_unit(SYSTEM, incident(), unit)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"vehicle": "江淮 浙L12345"}, "只写车型，不写车牌"),
        ({"vehicle": "比亚迪 浙LD12345"}, "只写车型，不写车牌"),
        ({"officers": 4}, "民警人数不能多于全组人数"),
        ({"kind": "car"}, "只有船艇写浪级"),
        ({"sea_limit": 12}, "浪级是 0 到 9"),
        ({"skills": ["flying"]}, "目录里没有“flying”"),
        ({"equipment": ["boat"]}, "目录里没有“boat”"),
        ({"beats": ["nowhere"]}, "地图上没有“nowhere”"),
        ({"kind": "tank"}, "没有“tank”这种出警单位"),
        ({"people": 0, "officers": 0}, "1 到 50 之间"),
        ({"name_zh": " "}, "请写呼号"),
    ],
)
def test_what_a_unit_can_not_be_is_refused_in_words(told: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        open_response_unit(SYSTEM, code="a_09", station=body("a"), **{**UNIT, **told})
    unit = open_response_unit(SYSTEM, code="a_09", station=body("a"), **UNIT)
    with pytest.raises(Refused, match=words):
        change_unit(SYSTEM, unit, **told)


def test_a_station_s_leader_keeps_its_own_units_and_no_other() -> None:
    mine, other, by = car("01"), car("02", "b"), leader()
    change_unit(by, mine, people=1)
    with pytest.raises(Refused, match="由它自己或者县局调整"):
        change_unit(by, other, people=1)
    with pytest.raises(Refused, match="由它自己或者县局调整"):
        change_unit(by, mine, station=body("b"))
    with pytest.raises(Refused, match="没有“"):
        change_unit(Actor.account(account("officer", body("a"))), mine, people=3)


def test_a_shift_is_planned_for_days_and_never_overlaps() -> None:
    one, two, by = car("01", on_duty=False), car("02", on_duty=False), keeper()
    lead = account("officer", body("a"), "lead")
    begins = now() + timedelta(hours=1)
    span = {"begins": begins, "ends": begins + timedelta(hours=12)}
    assert len(plan_shift(by, one, **span, lead=lead, days=3)) == 3
    with pytest.raises(Refused, match="那段时间已经排了班"):
        plan_shift(by, one, begins=begins + timedelta(hours=11), ends=begins + timedelta(hours=13))
    with pytest.raises(Refused, match="那段时间带a 01"):
        plan_shift(by, two, **span, lead=lead)
    plan_shift(by, one, begins=span["ends"], ends=begins + timedelta(hours=24))  # handed over
    drop_shift(by, UnitShift.objects.order_by("begins_at")[0])
    assert UnitShift.objects.filter(unit=one).count() == 3


@pytest.mark.parametrize(
    ("begins", "ends", "days", "words"),
    [
        (2, 1, 1, "下班要在上班之后"),
        (1, 26, 1, "最长 24 小时"),
        (-9, -1, 1, "已经过去"),
        (1, 2, 40, "1 到 31 天"),
    ],
)
def test_a_shift_that_can_not_be_is_refused(begins: int, ends: int, days: int, words: str) -> None:
    at = {"begins": now() + timedelta(hours=begins), "ends": now() + timedelta(hours=ends)}
    with pytest.raises(Refused, match=words):
        plan_shift(SYSTEM, car("01"), **at, days=days)


def test_the_page_says_who_is_on_who_comes_next_and_who_did_not_come() -> None:
    unit = car("01", on_duty=False)
    at = now()
    lead = account("officer", body("a"), "lead")
    hours = timedelta(hours=1)
    plan_shift(SYSTEM, unit, begins=at - hours, ends=at + hours, lead=lead)
    plan_shift(SYSTEM, unit, begins=at + 4 * hours, ends=at + 8 * hours)
    [(_, [row])] = fleet()
    assert row.next is not None
    assert row.shift is not None
    assert (row.shift.lead, row.late) == ("海小某", True)
    go_on_duty(SYSTEM, unit, crew=[lead])
    [(_, [row])] = fleet()
    assert (list(row.members), row.late) == (["海小某"], False)


def test_a_unit_says_more_exactly_what_it_does_without_changing_what_that_means() -> None:
    unit = car("01")
    set_status(SYSTEM, unit, "meal")
    unit.refresh_from_db()
    assert (unit.status, unit.sub_status, unit.status_words) == ("busy", "meal", "就餐")
    with pytest.raises(Refused, match="现在“就餐”"):
        assign_unit(SYSTEM, incident(), unit)
    set_status(SYSTEM, unit, "free")
    assign_unit(SYSTEM, incident(), unit)
    for wrong in ("meal", "free", "off_duty", "hospital", "nothing"):
        unit.refresh_from_db()
        with pytest.raises(Refused):
            set_status(SYSTEM, unit, wrong)
    report_on_scene(SYSTEM, unit)
    unit.refresh_from_db()
    since = unit.status_since
    state_unit(SYSTEM, unit, "hospital")
    unit.refresh_from_db()
    assert (unit.status, unit.status_words, unit.status_since) == ("on_scene", "送医", since)
    clear_unit(SYSTEM, unit, disposition="helped")
    unit.refresh_from_db()
    assert (unit.status, unit.sub_status) == ("free", "")


def test_only_what_may_follow_is_offered() -> None:
    unit = car("01", on_duty=False)
    assert [code for code, _ in statuses_open_to(unit)] == ["free", "standby"]
    go_on_duty(SYSTEM, unit)
    unit.refresh_from_db()
    offered = [code for code, _ in statuses_open_to(unit)]
    assert {"busy", "meal", "standby", "off_duty"} < set(offered)
    assert not {"free", "hospital", "on_scene"} & set(offered)
    assign_unit(SYSTEM, incident(), unit)
    unit.refresh_from_db()
    assert statuses_open_to(unit) == []


def test_the_pages_show_set_up_change_plan_and_retire(client: Client) -> None:
    client.force_login(account("commander", body("bureau", "bureau")))
    station = body("a")
    form = {**UNIT, "code": "a_09", "station": station.pk}
    assert client.post("/fleet/new/", {**form, "officers": 9}).status_code == 422
    assert client.post("/fleet/new/", form).status_code == 302
    unit = ResponseUnit.objects.get()
    page = client.get(f"/fleet/{unit.pk}/").content.decode()
    assert "12 米巡逻艇" in page
    assert client.post(f"/fleet/{unit.pk}/", {**form, "seats": 9}).status_code == 302
    begins = now() + timedelta(days=1)
    shift = {"begins": f"{begins:%Y-%m-%d}T08:00", "ends": f"{begins:%Y-%m-%d}T20:00", "days": 2}
    assert client.post(f"/fleet/{unit.pk}/shifts/", shift).status_code == 302
    assert client.post(f"/fleet/{unit.pk}/shifts/", shift).status_code == 422
    assert "那段时间已经排了班" in client.post(f"/fleet/{unit.pk}/shifts/", shift).content.decode()
    first = UnitShift.objects.order_by("begins_at")[0]
    assert client.post(f"/fleet/{unit.pk}/shifts/drop/", {"shift": first.pk}).status_code == 302
    assert client.post(f"/fleet/{unit.pk}/retire/").status_code == 302
    assert "甲 09" in client.get("/fleet/?retired=1").content.decode()
    assert "甲 09" not in client.get("/fleet/").content.decode()


def test_who_only_sees_changes_nothing_and_who_does_neither_sees_nothing(client: Client) -> None:
    unit = car("01")
    client.force_login(account("dispatcher", body("command_centre", "department")))
    page = client.get(f"/fleet/{unit.pk}/").content.decode()
    assert "撤销这个单位" not in page
    assert client.post(f"/fleet/{unit.pk}/retire/").status_code == 403
    client.post(f"/fleet/{unit.pk}/status/", {"status": "meal"})
    unit.refresh_from_db()
    assert unit.sub_status == "meal"
    client.force_login(account("analyst", body("command_centre", "department")))
    assert client.get("/fleet/").status_code == 403


def test_a_crew_says_what_its_own_unit_does_and_no_other_s(client: Client) -> None:
    mine, other = car("01", on_duty=False), car("02")
    officer = account("officer", body("a"))
    client.force_login(officer)
    client.post(f"/fleet/{mine.pk}/status/", {"status": "free"})
    mine.refresh_from_db()
    assert (mine.status, mine.members.get().account) == ("free", officer)
    assert "改为" in client.get(f"/fleet/{mine.pk}/").content.decode()
    client.post(f"/fleet/{mine.pk}/status/", {"status": "refuel"})
    mine.refresh_from_db()
    assert mine.status_words == "加油、充电"
    assert "改为" not in client.get(f"/fleet/{other.pk}/").content.decode()
    assert client.post(f"/fleet/{other.pk}/status/", {"status": "meal"}).status_code == 403


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(account("commander", body("bureau", "bureau")))
    car("01")
    with django_assert_max_num_queries(14):
        client.get("/fleet/")
    for n in range(2, 9):
        plan_shift(SYSTEM, car(f"0{n}"), begins=now(), ends=now() + timedelta(hours=8))
    with django_assert_max_num_queries(14):
        client.get("/fleet/")


def test_the_console_says_when_a_unit_comes_on(client: Client) -> None:
    unit = car("01", on_duty=False)
    begins = now() + timedelta(hours=2)
    plan_shift(SYSTEM, unit, begins=begins, ends=begins + timedelta(hours=8))
    client.force_login(account("dispatcher", body("command_centre", "department")))
    row = client.get("/console/units/").content.decode()
    assert "上岗" in row.partition(f'id="unit-{unit.pk}"')[2].partition("</tr>")[0]
