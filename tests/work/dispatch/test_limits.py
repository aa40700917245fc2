"""A unit that stays at one thing for long is told of, before and after, once, and by one rule."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.timeline import timeline
from gongzhi.work.dispatch.actions import (
    assign_unit,
    pause_unit,
    report_en_route,
    report_on_scene,
    report_position,
    set_status,
)
from gongzhi.work.dispatch.models import Assignment, LimitTold, ResponseUnit
from gongzhi.work.dispatch.readers import sweep
from gongzhi.work.dispatch.selectors.limits import stays_of
from tests.work.dispatch.county import HERE, SYSTEM, account, body, car, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def said(unit: ResponseUnit, after: float, begun: datetime) -> list[tuple[str, str]]:
    """What is said of the unit so many minutes after `begun`."""
    unit = ResponseUnit.objects.get(pk=unit.pk)
    on = Assignment.objects.filter(unit=unit).select_related("matter").last()
    with moment(begun + timedelta(minutes=after)):
        return [(stay.limit.code, stay.state) for stay in stays_of(unit, on)]


def test_sent_and_not_off_is_told_after_two_minutes_when_it_is_urgent() -> None:
    unit, matter = car("01"), incident("weapon_threat")
    begun = now()
    with moment(begun):
        assign_unit(SYSTEM, matter, unit)
    assert said(unit, 1, begun) == []
    assert said(unit, 1.6, begun) == [("set_off", "soon")]
    assert said(unit, 2, begun) == [("set_off", "late")]


def test_sent_to_what_can_wait_it_has_more_time() -> None:
    unit, matter = car("01"), incident("noise")
    begun = now()
    with moment(begun):
        assign_unit(SYSTEM, matter, unit)
    assert said(unit, 4, begun) == []
    assert said(unit, 5, begun)[0] == ("set_off", "late")


def test_later_than_expected_counts_from_when_it_should_have_been_there() -> None:
    unit, matter = car("01"), incident("weapon_threat")
    begun = now()
    with moment(begun):
        assign_unit(SYSTEM, matter, unit)
        report_en_route(SYSTEM, unit)
    on = Assignment.objects.get(unit=unit)
    assert on.expected_at is not None
    way = (on.expected_at - begun).total_seconds() / 60
    assert ("arrive", "late") not in said(unit, way + 2.9, begun)
    assert ("arrive", "late") in said(unit, way + 3, begun)


def test_no_position_on_the_way_is_told_until_one_comes() -> None:
    unit, matter = car("01"), incident("theft")
    begun = now()
    with moment(begun):
        assign_unit(SYSTEM, matter, unit)
        report_en_route(SYSTEM, unit)
    assert ("heard", "late") in said(unit, 10, begun)
    with moment(begun + timedelta(minutes=10)):
        report_position(SYSTEM, unit, HERE)
    assert ("heard", "late") not in said(unit, 11, begun)


def test_bringing_somebody_to_hospital_may_take_longer_than_the_scene() -> None:
    unit, matter = car("01"), incident("theft")
    begun = now()
    with moment(begun):
        assign_unit(SYSTEM, matter, unit)
        report_on_scene(SYSTEM, unit)
    assert said(unit, 61, begun) == [("on_scene", "late")]
    with moment(begun + timedelta(minutes=61)):
        set_status(SYSTEM, unit, "hospital")
    assert said(unit, 62, begun) == []
    assert said(unit, 121, begun) == [("on_scene", "late")]


def test_the_sweep_tells_each_thing_once_on_the_incident_and_again_of_a_new_status() -> None:
    unit, matter = car("01"), incident("weapon_threat")
    begun = now()
    with moment(begun):
        assign_unit(SYSTEM, matter, unit)
    for after, told in ((1, 0), (1.6, 1), (1.7, 0), (2, 1), (3, 0)):
        with moment(begun + timedelta(minutes=after)):
            assert sweep() == told
    entries = Entry.objects.filter(kind="dispatch.limit_told")
    assert set(entries.values_list("subject", flat=True)) == {f"matters.matter:{matter.pk}"}
    titles = [one.title for one in timeline(matter)]
    assert titles[0] == "a 01：派出很久还没出发，请呼叫核实"
    with moment(begun + timedelta(minutes=4)):
        report_en_route(SYSTEM, unit)
    with moment(begun + timedelta(minutes=50)):
        assert sweep() == 2  # late, and no position
    assert set(LimitTold.objects.values_list("limit", flat=True)) == {"arrive", "heard"}


def test_without_an_incident_it_is_told_of_the_unit() -> None:
    unit = car("01")
    begun = now()
    with moment(begun):
        pause_unit(SYSTEM, unit, "meal")
    with moment(begun + timedelta(minutes=46)):
        assert sweep() == 1
    entry = Entry.objects.get(kind="dispatch.limit_told")
    assert entry.subject == f"dispatch.responseunit:{unit.pk}"


def test_the_sweep_asks_three_questions_however_many_units_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(3):
        car(f"0{n}")
    with django_assert_num_queries(3):
        sweep()
    for n in range(3, 9):
        assign_unit(SYSTEM, incident(), car(f"0{n}"))
    with django_assert_num_queries(3):
        sweep()


def test_the_desk_sees_it_on_the_unit_the_incident_and_the_queue(client: Client) -> None:
    with moment(now() - timedelta(minutes=5)):
        unit, matter = car("01"), incident("weapon_threat")
        assign_unit(SYSTEM, matter, unit)
    client.force_login(account("dispatcher", body("command_centre", "department")))
    page = client.get(f"/console/incidents/{matter.pk}/").content.decode()
    for part, words in (
        (page.partition('id="queue"')[2].partition("</ol>")[0], "派出很久还没出发"),
        (page.partition('id="units"')[2].partition("</table>")[0], "派出后出发"),
        (page.partition('id="detail"')[2], "派出很久还没出发，请呼叫核实"),
    ):
        assert words in part
