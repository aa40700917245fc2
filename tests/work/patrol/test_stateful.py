"""A plan that people change while calls pull units off: no stop is lost, nobody is at two places,
no hours and no break are broken silently."""

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

from gongzhi.base.log.actions import moment
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.actions.repairing import Change, repair_plan
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Rest, Stop
from gongzhi.work.patrol.plans.readers import PATROL
from gongzhi.work.patrol.plans.states import LeftOut
from tests.work.patrol.hands import at, by, cars, lane, morning, proposed, published, schools

pytestmark = pytest.mark.django_db
MOST_A_RUN = 8


class Editing(RuleBasedStateMachine):
    """A commander at the map, and calls that come between."""

    @initialize()
    def begin(self) -> None:
        Plan.objects.all().delete()
        self.plan = published(proposed())
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
    def no_stop_is_lost(self) -> None:
        assert self.stops() == self.whole
        for one in self.plan.stops.all():
            assert (one.crew_id is None) == bool(one.left_out), "or it is said why not"
            assert not one.left_out or LeftOut(one.left_out).label

    @invariant()
    def nobody_is_at_two_places_and_hours_are_kept(self) -> None:
        for crew in self.plan.units.all():
            busy = []
            for stop in crew.stops.filter(arrives_at__isnull=False):
                assert stop.arrives_at
                assert stop.leaves_at
                assert stop.opens_at <= stop.arrives_at
                assert stop.leaves_at <= stop.closes_at
                assert stop.leaves_at - stop.arrives_at == stop.stay
                busy.append((stop.arrives_at, stop.leaves_at))
            for rest in Rest.objects.filter(crew=crew, begins_at__isnull=False):
                assert rest.begins_at
                assert rest.ends_at
                assert rest.earliest_at <= rest.begins_at
                assert rest.ends_at <= crew.ends_at
                late = rest.begins_at > rest.latest_at
                assert not late or crew.plan.repaired_at, "later than meant after a call alone"
                if not crew.away:
                    busy.append((rest.begins_at, rest.ends_at))
            if not crew.away:
                busy.sort()
                for before, after in pairwise(busy):
                    assert before[1] <= after[0], (crew.unit.code, before, after)


def test_whatever_is_changed_nothing_is_lost_or_broken_silently() -> None:
    schools()
    lane()
    cars("01", "02", "03")
    with morning():
        proposed()
    run_state_machine_as_test(
        Editing,
        settings=hypothesis_settings(
            max_examples=12, stateful_step_count=MOST_A_RUN, deadline=None
        ),
    )  # fmt: skip
