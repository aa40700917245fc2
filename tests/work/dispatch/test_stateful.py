"""Whatever is tried in whatever order: one incident a unit, one owner an incident, one truth."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dispatch import actions
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.selectors.card import plan_of
from gongzhi.work.dispatch.selectors.card_shown import card_shown
from gongzhi.work.dispatch.selectors.units import units_with_tasks
from gongzhi.work.dispatch.states import AT_WORK
from tests.work.dispatch.county import SYSTEM, car, incident

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
UNITS, INCIDENTS = st.integers(0, 3), st.integers(0, 2)
ENDS = {"dispatch.unit_recalled", "dispatch.unit_cleared"}
WITH_UNITS = ("dispatched", "en_route", "on_scene")
AT_THE_DESK = ("received", "unassigned", "cleared", "settled")
"""Open steps at which the desk has to do something next."""


class Duty(RuleBasedStateMachine):
    """Four units, three incidents, and hands that try everything."""

    def __init__(self) -> None:
        super().__init__()
        Assignment.objects.all().delete()
        ResponseUnit.every.all().delete()
        skills = (["armed"], ["first_aid"], ["armed", "first_aid"], [])
        self.units = [car(f"0{n}", "ab"[n % 2], skills=skills[n]) for n in range(4)]
        answers = {"weapon": "yes", "injured": "yes"}
        self.matters = [incident("fight", answers=answers), incident("medical"), incident()]
        self.seen: dict[int, list[tuple[str, int]]] = {}
        self.begun = Entry.objects.count()

    def attempt(self, name: str, *told: object, **more: object) -> bool:
        try:
            getattr(actions, name)(SYSTEM, *told, **more)
        except Refused:
            return False
        return True

    def held(self, matter: int) -> Matter:
        return Matter.objects.get(pk=self.matters[matter].pk)

    @rule(unit=UNITS, matter=INCIDENTS)
    def send(self, unit: int, matter: int) -> None:
        self.attempt("assign_unit", self.matters[matter], self.units[unit])

    @rule(matter=INCIDENTS)
    def look_at_the_card(self, matter: int) -> None:
        card, _ = card_shown(self.held(matter), units_with_tasks(), True)
        pairs = [one.partition(":") for one in card.sends] if card else []
        self.seen[matter] = [(role, int(unit)) for role, _colon, unit in pairs]

    @rule(matter=INCIDENTS)
    def send_the_card_as_it_was_seen(self, matter: int) -> None:
        """Perhaps long ago: then all of it goes, or nobody."""
        seen = self.seen.get(matter, [])
        before = self.on(matter)
        units = {unit.pk: unit for unit in self.units}
        sent = self.attempt(
            "send_card", self.matters[matter], [(role, units[key]) for role, key in seen]
        )
        assert self.on(matter) == before + (Counter(seen) if sent else Counter())
        if sent:
            wanted = Counter({one.code: one.count for one in plan_of(self.held(matter)).wants})
            now = Counter(role for role, _unit in self.on(matter).elements())
            assert all(now[role] <= wanted[role] for role, _unit in seen)

    @rule(matter=INCIDENTS, level=st.integers(1, 3), up=st.booleans())
    def change_the_alarm(self, matter: int, level: int, up: bool) -> None:
        if up:
            self.attempt("raise_alarm", self.matters[matter], level)
        else:
            self.attempt("lower_alarm", self.matters[matter], level, why="enough_there")

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

    @rule(unit=UNITS, code=st.sampled_from(["meal", "hospital", "standby", "off_duty", "free"]))
    def say_what_it_does(self, unit: int, code: str) -> None:
        self.attempt("set_status", self.units[unit], code)

    @rule(unit=UNITS)
    def clear(self, unit: int) -> None:
        self.attempt("clear_unit", self.units[unit], disposition="helped")

    @rule(unit=st.integers(0, 1))
    def retire(self, unit: int) -> None:
        self.attempt("retire_unit", self.units[unit])

    @rule(matter=INCIDENTS, step=st.sampled_from(["settled", "cancelled", "closed"]))
    def move(self, matter: int, step: str) -> None:
        elements = {"settled_how": "好了", "reason": "没事"}
        self.attempt("move_incident", self.matters[matter], step, elements=elements)

    @rule(matter=INCIDENTS, into=INCIDENTS)
    def merge(self, matter: int, into: int) -> None:
        self.attempt("merge_incident", self.matters[matter], self.matters[into])

    def on(self, matter: int) -> Counter[tuple[str, int]]:
        active = Assignment.objects.filter(ACTIVE, matter=self.matters[matter])
        return Counter(active.values_list("role", "unit_id"))

    @invariant()
    def a_unit_is_on_one_incident_exactly_when_it_says_so(self) -> None:
        for unit in ResponseUnit.every.all():
            active = unit.assignments.filter(ACTIVE).count()
            assert active == (unit.status in AT_WORK)
            assert not (unit.retired_at and unit.status != "off_duty")

    @invariant()
    def an_incident_is_at_a_unit_s_hand_or_at_the_desk_s(self) -> None:
        for matter in Matter.objects.filter(pk__in=[one.pk for one in self.matters]):
            assert matter.owner_unit_id
            with_units = matter.assignments.filter(ACTIVE).exists()
            assert with_units == (matter.step in WITH_UNITS)
            if matter.closed_at is None:
                assert with_units != (matter.step in AT_THE_DESK)
            else:
                assert not with_units

    @invariant()
    def the_log_tells_the_same(self) -> None:
        on: dict[int, int] = {}
        told = ["dispatch.unit_assigned", *ENDS]
        for entry in Entry.objects.filter(seq__gt=self.begun, kind__in=told):
            unit = json.loads(entry.text)["unit"]
            if entry.kind == "dispatch.unit_assigned":
                assert unit not in on
                on[unit] = int(entry.subject.partition(":")[2])
            else:
                del on[unit]
        assert on == dict(Assignment.objects.filter(ACTIVE).values_list("unit_id", "matter_id"))


def test_no_sequence_of_tries_loses_a_unit_or_an_incident() -> None:
    run_state_machine_as_test(
        Duty, settings=hypothesis_settings(max_examples=15, stateful_step_count=30, deadline=None)
    )
