"""Whatever is tried in whatever order: one incident a unit, one owner an incident, one truth."""

from __future__ import annotations

import json

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch import actions
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.states import AT_WORK
from tests.work.dispatch.county import SYSTEM, car, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
UNITS, INCIDENTS = st.integers(0, 2), st.integers(0, 2)
ENDS = {"dispatch.unit_recalled", "dispatch.unit_cleared"}


class Duty(RuleBasedStateMachine):
    """Three units, three incidents, and hands that try everything."""

    def __init__(self) -> None:
        super().__init__()
        Assignment.objects.all().delete()
        ResponseUnit.objects.all().delete()
        self.units = [car(f"0{n}", "ab"[n % 2]) for n in range(3)]
        self.matters = [incident() for _ in range(3)]
        self.begun = Entry.objects.count()

    def attempt(self, name: str, *told: object, **more: object) -> None:
        try:
            getattr(actions, name)(SYSTEM, *told, **more)
        except Refused:
            pass

    @rule(unit=UNITS, matter=INCIDENTS)
    def send(self, unit: int, matter: int) -> None:
        self.attempt("assign_unit", self.matters[matter], self.units[unit])

    @rule(unit=UNITS, matter=INCIDENTS)
    def recall(self, unit: int, matter: int) -> None:
        self.attempt("recall_unit", self.matters[matter], self.units[unit])

    @rule(
        unit=UNITS,
        what=st.sampled_from(
            ["report_en_route", "report_on_scene", "go_off_duty", "go_on_duty", "pause_unit",
             "resume_unit"]
        ),
    )  # fmt: skip
    def report(self, unit: int, what: str) -> None:
        self.attempt(what, self.units[unit])

    @rule(unit=UNITS)
    def clear(self, unit: int) -> None:
        self.attempt("clear_unit", self.units[unit], disposition="helped")

    @rule(matter=INCIDENTS, step=st.sampled_from(["settled", "cancelled", "closed"]))
    def move(self, matter: int, step: str) -> None:
        elements = {"settled_how": "好了", "reason": "没事"}
        self.attempt("move_incident", self.matters[matter], step, elements=elements)

    @rule(matter=INCIDENTS, into=INCIDENTS)
    def merge(self, matter: int, into: int) -> None:
        self.attempt("merge_incident", self.matters[matter], self.matters[into])

    @invariant()
    def a_unit_is_on_one_incident_exactly_when_it_says_so(self) -> None:
        for unit in ResponseUnit.objects.all():
            active = unit.assignments.filter(ACTIVE).count()
            assert active == (unit.status in AT_WORK)

    @invariant()
    def an_incident_with_units_is_open_and_at_a_step_of_theirs(self) -> None:
        for matter in Matter.objects.filter(pk__in=[one.pk for one in self.matters]):
            assert matter.owner_unit_id
            with_units = matter.assignments.filter(ACTIVE).exists()
            assert with_units == (matter.step in ("dispatched", "en_route", "on_scene"))
            assert not (with_units and matter.closed_at)

    @invariant()
    def the_log_tells_the_same(self) -> None:
        on: dict[int, int] = {}
        for entry in Entry.objects.filter(seq__gt=self.begun, kind__startswith="dispatch."):
            unit = json.loads(entry.text)["unit"]
            if entry.kind == "dispatch.unit_assigned":
                on[unit] = int(entry.subject.partition(":")[2])
            elif entry.kind in ENDS:
                del on[unit]
        assert on == dict(Assignment.objects.filter(ACTIVE).values_list("unit_id", "matter_id"))


def test_no_sequence_of_tries_loses_a_unit_or_an_incident() -> None:
    run_state_machine_as_test(
        Duty, settings=hypothesis_settings(max_examples=12, stateful_step_count=25, deadline=None)
    )
