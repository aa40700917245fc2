"""A plan that people change while calls pull units off: no stop is lost, nobody is at two places,
no hours and no break are broken silently."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import ClassVar

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

from gongzhi.base.log.actions import moment
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.actions.repairing import Change, repair_plan
from gongzhi.work.patrol.plans.making import Made
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from gongzhi.work.patrol.plans.readers import PATROL
from gongzhi.work.patrol.plans.solving import work_out
from gongzhi.work.patrol.plans.states import LeftOut
from tests.work.patrol.hands import at, by, cars, lane, morning, published, schools, shift

pytestmark = pytest.mark.django_db
RUNS, MOST_A_RUN = 7, 13
"""Few long ones: what goes wrong needs a history, and each beginning costs as much as some steps.
"""


class Editing(RuleBasedStateMachine):
    """A commander at the map, and calls that come between."""

    made: ClassVar[Made]

    @initialize()
    def begin(self) -> None:
        Plan.objects.all().delete()
        with morning():
            self.plan = published(actions.propose_plan(by(), self.made))
        self.whole = self.stops()
        self.minutes = 30

    def when(self) -> datetime:
        return at(8) + timedelta(minutes=self.minutes)

    def stops(self) -> set[tuple[int, datetime, int]]:
        return set(self.plan.stops.values_list("node_id", "opens_at", "nth"))

    def stop(self, n: int) -> Stop:
        listed = self.plan.stops.select_related("plan", "node", "crew__unit").order_by("pk")
        return listed[n % self.plan.stops.count()]

    def crew(self, n: int) -> PlanUnit:
        listed = list(self.plan.units.select_related("unit").order_by("pk"))
        return listed[n % len(listed)]

    def tried(self, deed: object, *told: object, **more: object) -> None:
        """It is done, or refused in words: then nothing is different."""
        before = self.state()
        with moment(self.when()):
            try:
                deed(by("commander"), *told, **more)  # type: ignore[operator]
                said = "done"
            except Refused as refused:
                said = str(refused)
                assert self.state() == before
        assert said

    def state(self) -> list[tuple[object, ...]]:
        return list(
            self.plan.stops.order_by("pk").values_list(
                "crew", "place", "arrives_at", "left_out", "pinned"
            )
        )

    @rule(
        n=st.integers(0, 40), to=st.integers(0, 2), to_stop=st.integers(0, 40),
        anyway=st.booleans(),
    )  # fmt: skip
    def move(self, n: int, to: int, to_stop: int, anyway: bool) -> None:
        self.tried(
            actions.move_stop, self.stop(n), self.crew(to), self.stop(to_stop), anyway=anyway
        )

    @rule(n=st.integers(0, 40), pinned=st.booleans())
    def pin(self, n: int, pinned: bool) -> None:
        self.tried(actions.pin_stop, self.stop(n), pinned=pinned)

    @rule(n=st.integers(0, 40))
    def forbid(self, n: int) -> None:
        self.tried(actions.take_out, self.stop(n))

    @rule(n=st.integers(0, 40))
    def put_back(self, n: int) -> None:
        self.tried(actions.put_back, self.stop(n))

    @rule(n=st.integers(0, 2), later=st.integers(1, 90))
    def call_comes_or_ends(self, n: int, later: int) -> None:
        self.minutes = min(self.minutes + later, 11 * 60)
        crew = self.crew(n)
        with moment(self.when()):
            repair_plan(PATROL, self.plan, [Change(crew.pk, "" if crew.away else "call")])

    @invariant()
    def no_stop_is_lost_and_nobody_is_at_two_places(self) -> None:
        stops = list(self.plan.stops.order_by("pk"))
        assert {(one.node_id, one.opens_at, one.nth) for one in stops} == self.whole
        for one in stops:
            assert (one.crew_id is None) == bool(one.left_out), "or it is said why not"
            assert not one.left_out or LeftOut(one.left_out).label
        late = Plan.objects.values_list("repaired_at", flat=True).get(pk=self.plan.pk)
        for crew in self.plan.units.prefetch_related("rests"):
            own = [one for one in stops if one.crew_id == crew.pk]
            busy = [*hours_kept(own), *breaks_kept(crew, late)]
            if not crew.away:
                busy.sort()
                for before, after in pairwise(busy):
                    assert before[1] <= after[0], (crew.unit_id, before, after)


def hours_kept(stops: list[Stop]) -> Iterator[tuple[datetime, datetime]]:
    """When a unit is at its stops."""
    for stop in stops:
        if stop.arrives_at is not None:
            assert stop.leaves_at
            assert stop.opens_at <= stop.arrives_at
            assert stop.leaves_at <= stop.closes_at
            assert stop.leaves_at - stop.arrives_at == stop.stay
            yield stop.arrives_at, stop.leaves_at


def breaks_kept(crew: PlanUnit, repaired: datetime | None) -> Iterator[tuple[datetime, datetime]]:
    """When it rests; later than meant after a call alone."""
    for rest in crew.rests.all():
        if rest.begins_at is not None:
            assert rest.ends_at
            assert rest.earliest_at <= rest.begins_at
            assert rest.ends_at <= crew.ends_at
            assert rest.begins_at <= rest.latest_at or repaired
            if not crew.away:
                yield rest.begins_at, rest.ends_at


def test_whatever_is_changed_nothing_is_lost_or_broken_silently() -> None:
    schools()
    lane()
    cars("01", "02", "03")
    with morning():
        Editing.made = work_out(shift(), rounds=200)
    run_state_machine_as_test(
        Editing,
        settings=hypothesis_settings(
            max_examples=RUNS, stateful_step_count=MOST_A_RUN, deadline=None
        ),
    )  # fmt: skip
