"""Where a unit was is known on duty only, the last place only, and to the desk only."""

from __future__ import annotations

import ast
from datetime import timedelta

import pytest
from django.apps import apps

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.events import declared_events
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.middleware import HEADERS
from gongzhi.work.dispatch.actions import go_off_duty, report_position
from tests.house.source import PACKAGE, parsed, python_files, shown
from tests.safeguards.test_erasure import everywhere
from tests.work.crews.county import Crew
from tests.work.dispatch.county import SYSTEM

FIRST, LAST, DOUBTED = (
    Point(30.01234, 122.14321),
    Point(30.02345, 122.15432),
    Point(30.65432, 122.7),
)
READS_POSITIONS = {"dispatch", "crews", "demo"}
"""Rooms whose pages send units, and the demo county, which pretends to be one."""
PLACE = {"lat", "lon", "point", "h7", "h9", "accuracy"}


@pytest.mark.django_db
@pytest.mark.both_databases
def test_no_place_stays_behind_the_last_one_and_none_behind_the_duty() -> None:
    crew = Crew()
    report_position(SYSTEM, crew.unit, FIRST)
    with moment(now() + timedelta(minutes=5)):
        report_position(SYSTEM, crew.unit, LAST)
    with moment(now() + timedelta(minutes=6)):
        report_position(SYSTEM, crew.unit, DOUBTED)
    assert everywhere(str(FIRST.lat)) == []
    assert everywhere(str(LAST.lat)) == ["dispatch_responseunit.lat"]
    assert everywhere(str(DOUBTED.lat)) == ["dispatch_positiondoubt.lat"]
    go_off_duty(SYSTEM, crew.unit)
    assert everywhere(str(LAST.lat)) == []
    assert everywhere(str(DOUBTED.lat)) == []


def test_no_event_of_units_and_crews_has_room_for_a_place() -> None:
    told = {
        kind: set(event.fields) & PLACE
        for kind, event in declared_events().items()
        if kind.split(".")[0] in {"dispatch", "crews"}
    }
    assert len(told) > 15
    assert not {kind: fields for kind, fields in told.items() if fields}


def test_no_measure_rule_appraisal_or_analysis_reads_where_units_are() -> None:
    """Whoever isn't at the desk has no name for it: neither the column nor the doubt."""
    readers = [
        f"{shown(path, node.lineno)} {node.id if isinstance(node, ast.Name) else node.attr}"
        for path in python_files("src")
        if not READS_POSITIONS & set(path.relative_to(PACKAGE).parts)
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Name) and node.id == "PositionDoubt")
        or (isinstance(node, ast.Attribute) and node.attr == "seen_at")
    ]
    assert not readers


def test_nothing_hangs_on_who_was_in_the_unit() -> None:
    """Duties, receipts and watches know times; none of them has a place."""
    for model in apps.get_app_config("crews").get_models():
        fields = {field.name for field in model._meta.get_fields()}
        if model.__name__ != "ScenePhoto":
            assert not fields & PLACE, model
    duty = apps.get_model("dispatch", "DutyMember")
    assert not {field.name for field in duty._meta.get_fields()} & PLACE


def test_no_page_may_listen() -> None:
    assert "microphone=()" in HEADERS["Permissions-Policy"]
