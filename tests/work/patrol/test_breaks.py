"""Crews eat: their breaks are in the plan, stay there when it changes, and if not, it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.models import Plan, Rest, Stop
from gongzhi.work.patrol.plans.selectors.crew import patrol
from tests.work.patrol.hands import at, by, cars, lane, morning, proposed, schools, stop_at
from tests.work.patrol.test_crew import Patrol, back, called, swept

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def kept(plan: Plan) -> None:
    """Each break within its hours, and nobody at a stop meanwhile."""
    for rest in Rest.objects.filter(crew__plan=plan):
        assert rest.begins_at
        assert rest.ends_at
        assert rest.earliest_at <= rest.begins_at <= rest.latest_at
        for stop in rest.crew.stops.all():
            assert stop.arrives_at
            assert stop.leaves_at
            assert stop.leaves_at <= rest.begins_at or rest.ends_at <= stop.arrives_at


def test_each_unit_of_a_long_shift_eats_twice_and_one_of_a_short_shift_goes_home_for_it() -> None:
    schools()
    lane()
    cars("01", "02")
    cars("03", begins=8, ends=13)
    plan = proposed()
    assert {one.unit.code: one.rests.count() for one in plan.units.all()} == {
        "a_01": 2, "a_02": 2, "a_03": 0,
    }  # fmt: skip
    kept(plan)


def test_a_change_by_hand_keeps_breaks_and_is_refused_where_there_would_be_none() -> None:
    schools()
    lane()
    cars("01", "02")
    plan = proposed()
    stop = stop_at(plan, "后巷")
    other = plan.units.exclude(pk=stop.crew_id).get()
    with morning():
        actions.move_stop(by(), stop, other)
    kept(plan)
    meal = other.rests.get(code="meal")
    Rest.objects.filter(pk=meal.pk).update(latest_at=meal.begins_at, earliest_at=meal.begins_at)
    assert meal.begins_at
    school = stop_at(plan, "一小")
    around = timedelta(minutes=10)
    taker = {"opens_at": meal.begins_at - around, "closes_at": meal.begins_at + 2 * around}
    Stop.objects.filter(pk=school.pk).update(crew=None, arrives_at=None, leaves_at=None,
                                             left_out="no_time", **taker)  # fmt: skip
    school.refresh_from_db()
    with morning(), pytest.raises(Refused, match="没有时间吃饭") as wrong:
        actions.move_stop(by(), school, other)
    assert wrong.value.code == "unfit_rest"


def test_a_break_that_a_call_came_into_is_taken_afterwards_and_the_phone_says_so() -> None:
    on = Patrol()
    crew = on.crew(0)
    meal = crew.rests.get(code="meal")
    assert meal.begins_at
    begun = meal.begins_at + timedelta(minutes=5)
    called(on.units[0], begun)
    assert swept(begun + timedelta(seconds=3)) == 1
    free = meal.latest_at + timedelta(minutes=40)
    back(on.units[0], free)
    assert swept(free + timedelta(seconds=3)) == 1
    meal.refresh_from_db()
    assert meal.begins_at
    assert meal.begins_at >= free
    assert meal.late
    with moment(free):
        shown = patrol(on.crew(0))
    assert [one.code for one in shown.rests] == ["meal", "second_meal"]


def test_breaks_for_which_no_time_is_left_are_said() -> None:
    on = Patrol()
    crew = on.crew(0)
    last = crew.rests.get(code="second_meal")
    assert last.begins_at
    called(on.units[0], last.begins_at - timedelta(minutes=5))
    swept(last.begins_at)
    back(on.units[0], at(19.9))
    swept(at(19.95))
    last.refresh_from_db()
    assert last.begins_at is None
    with moment(at(19.96)):
        assert [one.begins_at for one in patrol(on.crew(0)).rests] == [None]
