"""Whatever people do in whatever order: no time has two, and whoever has one has all of it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gongzhi.base.log.actions import moment
from gongzhi.base.ui.errors import Refused
from gongzhi.work.appointments import actions
from gongzhi.work.appointments.models import Appointment, Held
from gongzhi.work.appointments.readers import sweep
from gongzhi.work.appointments.selectors.times import free_on
from tests.work.appointments import hands
from tests.work.appointments.hands import CARD, CHILD, EARLY, MONDAY, PERMIT, RESIDENT, SMALL, at

WHAT = strategies.sampled_from([(PERMIT,), (CHILD,), (PERMIT, CARD)])
WHEN = strategies.sampled_from([at(9, minute) for minute in (0, 15, 30, 45)])
WHICH = strategies.integers(0, 99)


class Counter(RuleBasedStateMachine):
    """One counter, one hour, and everybody wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.at: datetime = EARLY
        self.rules = hands.rules(**SMALL)
        self.rules.__enter__()
        hands.county()
        Appointment.objects.all().delete()
        Held.objects.all().delete()

    def teardown(self) -> None:
        self.rules.__exit__(None, None, None)

    def one_of(self, which: int, *states: str) -> Appointment | None:
        found = list(Appointment.objects.filter(state__in=states).order_by("pk"))
        return found[which % len(found)] if found else None

    @rule(what=WHAT, when=WHEN)
    def book(self, what: tuple[str, ...], when: datetime) -> None:
        with moment(self.at):
            free = when in free_on(hands.visit(*what), MONDAY)
            try:
                hands.booked(when, *what)
            except Refused:
                assert not free
            else:
                assert free

    @rule(which=WHICH, when=WHEN)
    def move(self, which: int, when: datetime) -> None:
        one = self.one_of(which, "booked", "offered")
        if one is None:
            return
        before = one.starts_at
        with moment(self.at):
            try:
                actions.move(RESIDENT, one, when)
            except Refused:
                assert hands.again(one).starts_at == before

    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        one = self.one_of(which, "booked", "offered", "waiting")
        if one is not None:
            with moment(self.at):
                actions.cancel(RESIDENT, one)

    @rule(what=WHAT)
    def wait(self, what: tuple[str, ...]) -> None:
        with moment(self.at):
            try:
                hands.waiting(*what)
            except Refused:
                assert free_on(hands.visit(*what), MONDAY) or self.at > at(8, 30)

    @rule(which=WHICH)
    def accept(self, which: int) -> None:
        one = self.one_of(which, "offered")
        if one is not None:
            with moment(self.at):
                try:
                    actions.accept_offer(RESIDENT, one)
                except Refused:
                    assert one.answer_by is not None
                    assert one.answer_by < self.at

    @rule()
    def look_after_the_line(self) -> None:
        with moment(self.at):
            sweep()

    @precondition(lambda self: self.at < at(10))
    @rule(minutes=strategies.sampled_from([5, 20, 40]))
    def time_goes_by(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @invariant()
    def nobody_has_more_or_less_than_their_time(self) -> None:
        hands.require_whole()

    @invariant()
    def no_time_is_lost(self) -> None:
        """What nobody has is free, or kept for somebody who waits; after the line was looked after,
        the latter is nothing."""
        assert Held.objects.count() <= 12
        with moment(self.at):
            sweep()
        assert not Held.objects.filter(appointment=None).exists()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_nothing_is_booked_twice_and_nothing_is_lost() -> None:
    run_state_machine_as_test(
        Counter, settings=settings(max_examples=15, stateful_step_count=20, deadline=None)
    )
