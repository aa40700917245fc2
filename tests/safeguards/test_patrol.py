"""Patrols are about places. Where units are is not asked, who was in them is not kept, and how much
presence a place got is nobody's mark."""

from __future__ import annotations

import inspect
from dataclasses import fields
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.events import declared_events
from gongzhi.base.log.models import Entry
from gongzhi.base.places.coordinates import Point
from gongzhi.watch.supervision import judging
from gongzhi.work.dispatch.actions import report_position
from gongzhi.work.patrol.nodes.states import Reason
from gongzhi.work.patrol.plans.readers import KEPT_AT_MOST
from gongzhi.work.patrol.plans.selectors import dosage
from tests.house.source import PACKAGE, python_files
from tests.safeguards.test_erasure import everywhere
from tests.work.dispatch.county import SYSTEM
from tests.work.patrol.hands import at, stop_at
from tests.work.patrol.test_crew import Patrol, called, swept

VOICES = {"petition", "complaint", "protest", "opinion", "demonstration", "grievance"}
ABOUT_PEOPLE = {"account", "officer", "member", "person", "unit", "crew"}


def test_dosage_is_told_of_places_and_shifts_only() -> None:
    assert set(dosage.KEYS) == {"node", "town", "cell", "shift"}
    assert not {field.name for field in fields(dosage.Dosage)} & ABOUT_PEOPLE
    read = inspect.getsource(dosage)
    assert "crew__" not in read
    assert "unit__" not in read


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_plan_asks_nobody_where_they_are_and_keeps_it_nowhere() -> None:
    """A position that was told for dispatch reaches no plan, no stop and no entry of the log."""
    patrol = Patrol()
    secret = Point(30.04321, 122.15678)
    with moment(at(8.1)):
        for unit in patrol.units:
            report_position(SYSTEM, unit, secret)
    patrol.tell(
        stop_at(patrol.plan, "码头"), "patrol_there", at(8.5), lat="30.0918273", lon="122.1923"
    )
    called(patrol.units[0], at(8.6))
    swept(at(8.6))
    assert everywhere(str(secret.lat)) == ["dispatch_responseunit.lat"]
    assert everywhere("30.0918273") == []


def test_no_model_of_patrols_hangs_on_who_was_there() -> None:
    """People plan, publish and answer for drawings; no column says who made a stop."""
    rooms = [apps.get_app_config(label) for label in ("plans", "nodes")]
    for model in (model for room in rooms for model in room.get_models()):
        to_people = {
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, ForeignKey) and field.related_model.__name__ == "Account"
        }
        assert to_people <= {"made_by", "published_by", "owner"}, model


@pytest.mark.django_db
@pytest.mark.both_databases
def test_the_log_has_that_a_place_was_attended_and_not_by_whom() -> None:
    patrol = Patrol()
    stop = stop_at(patrol.plan, "码头")
    patrol.tell(stop, "patrol_there", at(8.5))
    patrol.tell(stop, "patrol_left", at(8.75))
    patrol.tell(stop_at(patrol.plan, "一小"), "patrol_skip", at(8.8), why="quiet")
    told = Entry.objects.filter(kind__startswith="plans.stop_")
    assert {one.by for one in told} == {"system:patrol"}
    for kind in ("plans.stop_reached", "plans.stop_left", "plans.stop_skipped"):
        assert not set(declared_events()[kind].fields) & ABOUT_PEOPLE


def test_which_unit_was_where_is_forgotten_within_two_weeks() -> None:
    assert timedelta(days=14) >= KEPT_AT_MOST
    assert catalogue().keeping["patrol_units"].keep <= KEPT_AT_MOST


def test_no_rule_or_measure_reads_patrols() -> None:
    """Neither supervision nor outcomes know of stops: nobody is judged by them. The three maps
    and the live line show them, and judge nobody."""
    for rule in catalogue().rules.values():
        assert "plans." not in rule.model_dump_json()
        assert "nodes." not in rule.model_dump_json()
    readers = [
        path for path in python_files("src")
        if "watch" in path.relative_to(PACKAGE).parts and not {"live", "maps"} & set(path.parts)
        and "work.patrol" in path.read_text("utf-8")
    ]  # fmt: skip
    assert judging
    assert not readers


def test_what_people_say_or_ask_is_no_reason_to_patrol() -> None:
    assert not {code for code in Reason.values if any(word in code for word in VOICES)}
    for kind in catalogue().nodes.values():
        said = f"{kind.code} {kind.name.en} {kind.about.en}".lower()
        assert not any(word in said for word in VOICES), kind.code
