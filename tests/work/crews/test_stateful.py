"""A phone without a network: whatever is told, lost, sent twice or shuffled, nothing is lost and
nothing counts twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Attachment, Matter, Message
from gongzhi.work.crews.models import Receipt
from gongzhi.work.dispatch.actions import recall_unit
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.dispatch.states import AT_WORK
from tests.work.crews.county import Crew, photo
from tests.work.dispatch.county import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ORDER = ("received", "dispatched", "en_route", "on_scene", "cleared")
_count = 0


class Phone(RuleBasedStateMachine):
    """A phone that keeps what its crew tells, and a line that comes and goes.

    `kept` is what the phone still has; an item leaves it only when its answer came back.
    """

    @initialize(hours=st.sampled_from([0, 3, 24, -24]), measured=st.booleans())
    def begin(self, hours: float, measured: bool) -> None:
        global _count  # noqa: PLW0603  (each run is another crew)
        _count += 1
        with moment(now() - timedelta(minutes=90)):
            self.crew = Crew(f"s{_count}", wrong=timedelta(hours=hours), measured=measured)
            self.matter, self.on = self.crew.sent_to()
        self.kept: list[dict[str, Any]] = []
        self.told: dict[str, str] = {}
        self.answers: dict[str, list[str]] = {}
        self.ago, self.step, self.recalled = 80.0, 0, False

    def keep(self, what: str, **more: Any) -> None:
        self.ago -= 1
        told = self.crew.write(what, self.on, ago=max(self.ago, 0), **more)
        self.kept.append(told)
        self.told[told["key"]] = what

    @rule(what=st.sampled_from(["set_off", "arrive", "check_in"]))
    def tell_status(self, what: str) -> None:
        self.keep(what)

    @rule()
    def write_note(self) -> None:
        self.keep("note", words=f"记录 {len(self.told)}")

    @rule()
    def take_photo(self) -> None:
        self.keep("photo", photos=photo())

    @rule(code=st.sampled_from(["helped", "mediated", "nonsense"]))
    def tell_outcome(self, code: str) -> None:
        self.keep("clear", disposition=code)

    @precondition(lambda self: self.kept)
    @rule(which=st.integers(0, 30), lost=st.booleans())
    def send(self, which: int, lost: bool) -> None:
        """One of them goes out, mostly the first; its answer may be lost on the way back."""
        told = self.kept[which % len(self.kept)] if which > 20 else self.kept[0]
        answer = self.crew.send(told)
        assert answer["status"] == 200
        self.answers.setdefault(told["key"], []).append(answer["state"])
        if not lost:
            self.kept.remove(told)

    @rule()
    def recall(self) -> None:
        if not self.recalled and Assignment.objects.filter(ACTIVE, pk=self.on.pk).exists():
            recall_unit(SYSTEM, self.matter, self.crew.unit)
            self.recalled = True

    @invariant()
    def each_is_taken_once_and_answered_alike(self) -> None:
        for states in self.answers.values():
            first, *again = states
            expected = "already" if first == "applied" else first
            assert again == [expected] * len(again)
        for key in self.answers:
            assert Receipt.objects.filter(key=key).count() == 1

    @invariant()
    def nothing_is_lost_and_nothing_doubled(self) -> None:
        taken = Counter(
            self.told[key] for key, states in self.answers.items() if states[0] == "applied"
        )
        notes = Message.objects.filter(matter=self.matter, words__startswith="记录")
        assert notes.count() == sum(self.told[key] == "note" for key in self.answers)
        assert len(set(notes.values_list("words", flat=True))) == notes.count()
        photos = sum(self.told[key] == "photo" for key in self.answers)
        assert Attachment.objects.filter(matter=self.matter).count() == photos
        cleared = Entry.objects.filter(kind="dispatch.unit_cleared", subject=self.subject)
        assert cleared.count() == taken["clear"] <= 1

    @invariant()
    def no_status_goes_back_and_times_stand_in_their_order(self) -> None:
        on = Assignment.objects.get(pk=self.on.pk)
        times = [on.assigned_at, on.en_route_at, on.on_scene_at, on.cleared_at]
        known = [at for at in times if at is not None]
        assert known == sorted(known)
        step = Matter.objects.get(pk=self.matter.pk).step
        if step in ORDER:
            assert ORDER.index(step) >= self.step or self.recalled
            self.step = ORDER.index(step)
        unit = ResponseUnit.objects.get(pk=self.crew.unit.pk)
        assert (unit.status in AT_WORK) == on.active

    @property
    def subject(self) -> str:
        return f"matters.matter:{self.matter.pk}"

    def teardown(self) -> None:
        """The line is back: all that is left goes out, each twice."""
        for told in getattr(self, "kept", []):
            for _ in range(2):
                answer = self.crew.send(told)
                self.answers.setdefault(told["key"], []).append(answer["state"])
        if hasattr(self, "crew"):
            assert set(self.answers) == set(self.told)
            self.each_is_taken_once_and_answered_alike()
            self.nothing_is_lost_and_nothing_doubled()


def test_an_hour_without_a_network_loses_none_and_doubles_none() -> None:
    run_state_machine_as_test(
        Phone, settings=hypothesis_settings(max_examples=10, stateful_step_count=30, deadline=None)
    )
