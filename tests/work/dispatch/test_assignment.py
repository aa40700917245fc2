"""Units go where they are sent, one incident at a time, and every incident has an owner."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.timeline import timeline
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch.actions import (
    assign_unit,
    clear_unit,
    go_off_duty,
    go_on_duty,
    hand_to_department,
    merge_incident,
    move_incident,
    note_incident,
    pause_unit,
    recall_unit,
    report_en_route,
    report_on_scene,
    report_position,
    resume_unit,
)
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from tests.work.dispatch.county import HERE, SYSTEM, account, body, car, dispatcher, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def officer_on(unit: ResponseUnit) -> Actor:
    officer = Actor.account(account("officer", unit.station, f"officer_{unit.code}"))
    go_on_duty(officer, unit)
    return officer


def test_from_the_call_to_the_end_and_the_station_owns_it_meanwhile() -> None:
    desk, unit, matter = dispatcher(), car("01"), incident()
    officer = officer_on(unit)
    assign_unit(desk, matter, unit)
    matter.refresh_from_db()
    assert (matter.step, matter.owner_unit) == ("dispatched", unit.station)
    report_en_route(officer, unit)
    report_on_scene(officer, unit)
    clear_unit(officer, unit, disposition="mediated", words="双方和解")
    matter.refresh_from_db()
    unit.refresh_from_db()
    assert (matter.step, unit.status) == ("cleared", "free")
    assert matter.elements.get().text == "mediated"
    assert move_incident(desk, matter, "closed").closed_at is not None
    told = [happening.title for happening in timeline(matter)]
    assert told[0] == "办结"
    assert {"派出 a 01", "a 01 出发", "a 01 到场", "a 01 处置完毕"} < set(told)


def test_what_happens_to_an_incident_stands_on_its_own_log_without_a_word_of_it() -> None:
    matter = incident()
    assign_unit(SYSTEM, matter, car("01"))
    note_incident(dispatcher(), matter, "报警人在门口等")
    entries = Entry.objects.filter(subject=f"matters.matter:{matter.pk}")
    assert entries.filter(kind="dispatch.unit_assigned").count() == 1
    assert not Entry.objects.filter(text__contains="门口").exists()


def test_a_unit_has_one_incident_at_a_time_and_the_refusal_says_where_it_is() -> None:
    unit, first = car("01"), incident()
    assign_unit(SYSTEM, first, unit)
    with pytest.raises(Refused, match=f"刚被派往 {first.number}"):
        assign_unit(SYSTEM, incident(), unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(matter=incident(), unit=unit, assigned_at=timezone.now())


def test_an_incident_may_have_several_units_and_ends_with_the_last() -> None:
    one, two, matter = car("01"), car("02", "b"), incident()
    assign_unit(SYSTEM, matter, one)
    assign_unit(SYSTEM, matter, two)
    matter.refresh_from_db()
    assert matter.owner_unit == one.station  # the first one leads
    for unit in (one, two):
        report_en_route(SYSTEM, unit)
        report_on_scene(SYSTEM, unit)
    clear_unit(SYSTEM, one, disposition="helped")
    matter.refresh_from_db()
    assert matter.step == "on_scene"
    clear_unit(SYSTEM, two, disposition="mediated")
    matter.refresh_from_db()
    assert (matter.step, matter.elements.get().text) == ("cleared", "mediated")


def test_without_its_last_unit_an_incident_waits_again_and_is_somebody_s() -> None:
    unit, matter = car("01"), incident()
    assign_unit(SYSTEM, matter, unit)
    recall_unit(SYSTEM, matter, unit)
    matter.refresh_from_db()
    unit.refresh_from_db()
    assert (matter.step, matter.owner_unit, unit.status) == ("unassigned", unit.station, "free")
    assign_unit(SYSTEM, matter, unit)
    matter.refresh_from_db()
    assert matter.step == "dispatched"


def test_recalling_a_second_unit_after_the_first_was_done_clears_the_incident() -> None:
    one, two, matter = car("01"), car("02"), incident()
    for unit in (one, two):
        assign_unit(SYSTEM, matter, unit)
    report_on_scene(SYSTEM, one)
    clear_unit(SYSTEM, one, disposition="helped")
    recall_unit(SYSTEM, matter, two)
    matter.refresh_from_db()
    assert matter.step == "cleared"


def test_a_unit_off_duty_or_paused_is_not_sent_and_has_no_place() -> None:
    unit, matter = car("01"), incident()
    pause_unit(SYSTEM, unit)
    with pytest.raises(Refused, match="暂停接派"):
        assign_unit(SYSTEM, matter, unit)
    resume_unit(SYSTEM, unit)
    unit = go_off_duty(SYSTEM, unit)
    assert (unit.point, unit.h9, unit.seen_at) == (None, None, None)
    with pytest.raises(Refused, match="离岗"):
        assign_unit(SYSTEM, matter, unit)
    with pytest.raises(Refused, match="离岗后不记录位置"):
        report_position(SYSTEM, unit, HERE)


def test_where_a_unit_is_never_reaches_the_log() -> None:
    unit = car("01")
    report_position(SYSTEM, unit, HERE)
    entry = Entry.objects.get(kind="dispatch.position_reported")
    assert json.loads(entry.text) == {"unit": unit.pk}


def test_nobody_goes_home_from_an_incident() -> None:
    unit = car("01")
    assign_unit(SYSTEM, incident(), unit)
    with pytest.raises(Refused, match="不能离岗"):
        go_off_duty(SYSTEM, unit)
    with pytest.raises(Refused, match="不能改成"):
        pause_unit(SYSTEM, unit)


def test_an_officer_speaks_for_the_own_unit_only() -> None:
    mine, other = car("01"), car("02")
    officer = officer_on(mine)
    assign_unit(SYSTEM, incident(), other)
    with pytest.raises(Refused, match="不能替它报告"):
        report_en_route(officer, other)
    with pytest.raises(Refused, match="请先离岗"):
        go_on_duty(officer, other)
    with pytest.raises(Refused, match="只能选本单位"):
        go_on_duty(Actor.account(account("officer", body("b"))), car("03"))
    with pytest.raises(Refused, match="没有“派警"):
        assign_unit(officer, incident(), mine)


def test_off_duty_the_phone_speaks_for_the_unit_no_more() -> None:
    unit = car("01")
    officer = officer_on(unit)
    go_off_duty(officer, unit)
    with pytest.raises(Refused, match="不能替它报告"):
        go_off_duty(officer, go_on_duty(SYSTEM, unit))


def test_done_needs_an_arrival_and_an_outcome() -> None:
    unit = car("01")
    assign_unit(SYSTEM, incident(), unit)
    with pytest.raises(Refused, match="请先报到场"):
        clear_unit(SYSTEM, unit, disposition="helped")
    report_on_scene(SYSTEM, unit)
    with pytest.raises(Refused, match="请选一个处置结果"):
        clear_unit(SYSTEM, unit, disposition="nonsense")


def test_a_cancelled_incident_gives_its_units_back() -> None:
    unit, matter = car("01"), incident()
    assign_unit(SYSTEM, matter, unit)
    with pytest.raises(Refused, match="还差“取消原因”"):
        move_incident(SYSTEM, matter, "cancelled")
    move_incident(SYSTEM, matter, "cancelled", elements={"reason": "报警人来电取消"})
    unit.refresh_from_db()
    assert unit.status == "free"
    assert not Assignment.objects.filter(ACTIVE).exists()
    with pytest.raises(Refused, match="不能再派警"):
        assign_unit(SYSTEM, matter, unit)


def test_settled_by_phone_needs_no_unit() -> None:
    desk, matter = dispatcher(), incident()
    move_incident(desk, matter, "settled", elements={"settled_how": "告知补办地点"})
    assert move_incident(desk, matter, "closed").closed_at is not None
    with pytest.raises(Refused, match="由出警单位报告"):
        move_incident(desk, incident(), "on_scene")


def test_merged_into_the_one_that_has_units() -> None:
    with_unit, other = incident(), incident()
    assign_unit(SYSTEM, with_unit, car("01"))
    with pytest.raises(Refused, match="已有警力"):
        merge_incident(SYSTEM, with_unit, other)
    assert merge_incident(dispatcher(), other, with_unit) == with_unit
    other.refresh_from_db()
    assert (other.step, other.merged_into) == ("merged", with_unit)


def test_a_department_can_take_over() -> None:
    desk, matter, fire = dispatcher(), incident("fire"), body("fire_rescue", "department")
    assert hand_to_department(desk, matter, fire).owner_unit == fire
