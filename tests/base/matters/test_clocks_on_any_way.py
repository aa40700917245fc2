"""Whatever happens to a matter, its running clocks are those that the catalogue says, no others."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import (
    NewMatter,
    change_priority,
    hand_over,
    open_matter,
    take_step,
)
from gongzhi.base.matters.clocks.sweeping import sweep
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SYSTEM = Actor.system("test")
SHOWN = {"answer": "好了", "disposition": "mediated", "reason": "误报", "settled_how": "电话"}
CATEGORIES = {"incident": "domestic_violence", "resident_request": "lamp_out"}
STEPS = sorted(
    {step.code for code in CATEGORIES for step in catalogue().procedures[code].versions[0].steps}
)


def offices() -> list[Unit]:
    found = list(Unit.objects.filter(code__in=["a", "b"]).order_by("code"))
    return found or [
        open_unit(SYSTEM, code=code, kind="station", name_zh=f"{code}所", name_en=code)
        for code in ("a", "b")
    ]


class AnyLife(RuleBasedStateMachine):
    """Steps, hand-overs and changes of urgency in any order, with time between them."""

    def __init__(self) -> None:
        super().__init__()
        self.at = datetime.fromisoformat("2026-11-20T08:00:00+08:00")
        self.units = offices()
        self.expected: set[str] = set()

    @initialize(procedure=st.sampled_from(sorted(CATEGORIES)), priority=st.integers(1, 4))
    def opens(self, procedure: str, priority: int) -> None:
        with moment(self.at):
            self.matter = open_matter(
                SYSTEM,
                NewMatter(
                    procedure, CATEGORIES[procedure], self.units[0], "有事", priority=priority
                ),
            )
        self._expect(f"step:{self.matter.step}", "matters.matter_opened")

    @rule(minutes=st.sampled_from([1, 3, 12, 45, 600, 3000]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule()
    def is_swept(self) -> None:
        sweep(self.at)
        late = ClockRun.objects.filter(matter=self.matter, stopped_at=None, due_at__lt=self.at)
        assert not late.filter(missed_at=None).exists()

    @rule(code=st.sampled_from(STEPS))
    def tries_a_step(self, code: str) -> None:
        try:
            with moment(self.at):
                self.matter = take_step(SYSTEM, self.matter, code, elements=SHOWN)
        except Refused:
            return
        self._expect(f"step:{code}", "matters.step_taken")

    @rule(reason=st.sampled_from(("duty", "undecided")))
    def is_handed_over(self, reason: str) -> None:
        taker = next(one for one in self.units if one != self.matter.owner_unit)
        with moment(self.at):
            self.matter = hand_over(SYSTEM, self.matter, taker, reason=reason)
        self._expect("matters.matter_handed_over", reason=reason)

    @rule(priority=st.integers(1, 4))
    def becomes_as_urgent_as(self, priority: int) -> None:
        try:
            with moment(self.at):
                self.matter = change_priority(SYSTEM, self.matter, priority)
        except Refused:
            return
        self._expect("matters.priority_changed")

    @invariant()
    def the_running_ones_are_those_of_the_catalogue(self) -> None:
        running = self._runs().filter(stopped_at=None).values_list("clock", flat=True)
        assert sorted(running) == sorted(self.expected)

    @invariant()
    def none_stops_before_it_starts_or_overlaps_its_next(self) -> None:
        by_clock: dict[str, list[ClockRun]] = {}
        for run in self._runs().order_by("started_at", "pk"):
            assert run.stopped_at is None or run.stopped_at >= run.started_at
            assert (run.stopped_at is None) == (run.outcome == "")
            by_clock.setdefault(run.clock, []).append(run)
        for runs in by_clock.values():
            for one, following in pairwise(runs):
                assert one.stopped_at is not None
                assert one.stopped_at <= following.started_at

    @invariant()
    def each_miss_is_on_the_log_once(self) -> None:
        subject = f"matters.matter:{self.matter.pk}" if hasattr(self, "matter") else ""
        said = Entry.objects.filter(kind="matters.clock_missed", subject=subject).count()
        assert said == self._runs().filter(missed_at__isnull=False).count()
        assert not self._runs().filter(outcome="missed", missed_at=None).exists()
        assert not self._runs().filter(outcome="met", missed_at__isnull=False).exists()

    def _runs(self):  # type: ignore[no-untyped-def]
        return ClockRun.objects.filter(matter=getattr(self, "matter", None))

    def _expect(self, *triggers: str, reason: str = "") -> None:
        """The same by sets, without times: what goes, and then what comes."""
        matter = Matter.objects.get(pk=self.matter.pk)
        happened = set(triggers)
        ended = matter.closed_at is not None and any(one.startswith("step:") for one in triggers)
        facts = {
            name: str(getattr(matter, name)) for name in ("category", "priority", "channel", "step")
        }
        facts["reason"] = reason
        for clock in catalogue().clocks.values():
            if matter.procedure not in clock.procedures:
                continue
            if ended or happened & {*clock.stops_on, *clock.lapses_on}:
                self.expected.discard(clock.code)
            if happened & set(clock.starts_on) and all(
                facts[name] in values for name, values in clock.when.items()
            ):
                self.expected.add(clock.code)


@pytest.mark.slow
def test_no_sequence_of_events_leaves_a_wrong_clock_running() -> None:
    run_state_machine_as_test(
        AnyLife,
        settings=hypothesis_settings(max_examples=25, stateful_step_count=20, deadline=None),
    )
