"""A plan is a proposal; people change it and publish it; it says what is impossible, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gongzhi.analysis.travel import Spot
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.patrol.nodes import actions as nodes
from gongzhi.work.patrol.plans import actions, ways
from gongzhi.work.patrol.plans.models import Plan, Stop
from gongzhi.work.patrol.plans.selectors.choices import choices
from gongzhi.work.patrol.plans.selectors.shifts import on_duty_in, shift_at, shifts_on
from gongzhi.work.patrol.plans.solving import work_out
from tests.work.dispatch.county import SYSTEM
from tests.work.patrol.hands import (
    DAY,
    LANE,
    STATION,
    at,
    by,
    cars,
    lane,
    morning,
    place,
    proposed,
    published,
    schools,
    shift,
    stop_at,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.RaisesExc(Refused, check=lambda wrong: wrong.code == code)


def county(*numbers: str, **more: Any) -> None:
    """Schools, a pier, a lane and cars on the day's shift."""
    schools()
    lane()
    cars(*(numbers or ("01", "02")), **more)


def why(plan: Plan) -> set[str]:
    return set(plan.stops.exclude(left_out="").values_list("left_out", flat=True))


# --- made ----------------------------------------------------------------------------------------


def test_every_node_is_visited_within_its_hours_and_everybody_is_back_in_time() -> None:
    county()
    plan = proposed()
    assert plan.state == "proposed"
    assert why(plan) == set()
    stops = list(plan.stops.select_related("crew", "node"))
    assert {one.node.name_zh for one in stops} == {"一小", "二小", "码头", "后巷"}
    for one in stops:
        assert one.arrives_at
        assert one.leaves_at
        assert one.crew
        assert one.opens_at <= one.arrives_at
        assert one.leaves_at <= one.closes_at
        assert one.leaves_at - one.arrives_at == one.stay
        assert one.leaves_at <= one.crew.ends_at
    told_of = Entry.objects.get(kind="plans.plan_proposed")
    assert '"visits":' in told_of.text


def test_two_visits_to_one_place_lie_apart() -> None:
    lane()
    cars("01", "02")
    first, second = proposed().stops.order_by("arrives_at")
    assert first.leaves_at
    assert second.arrives_at
    assert second.arrives_at - first.leaves_at >= timedelta(minutes=90)
    assert (first.nth, second.nth) == (1, 2)


def test_without_units_a_plan_says_so() -> None:
    schools()
    plan = proposed()
    assert why(plan) == {"no_units"}
    with morning(), refused("empty_plan"):
        actions.publish_plan(by("commander"), plan)


def test_without_nodes_there_is_an_empty_plan_and_no_crash() -> None:
    cars("01")
    assert proposed().stops.count() == 0


def test_an_island_that_no_unit_reaches_is_left_out_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    county()
    monkeypatch.setattr(ways, "spots_of", lambda points: [
        Spot(p.lat, p.lon, None if p == LANE else 0) for p in points
    ])  # fmt: skip
    plan = proposed()
    assert set(plan.stops.filter(node__name_zh="后巷").values_list("left_out", flat=True)) == {
        "unreachable"
    }
    assert plan.stops.filter(left_out="").exists()


def test_hours_that_nobody_can_keep_are_said_to_be_impossible() -> None:
    cars("01")
    lane(begins=at(9).time(), ends=(at(9) + timedelta(minutes=9)).time(), visits=1)
    assert why(proposed()) == {"window"}


def test_only_units_of_the_right_kind_go_there() -> None:
    schools()
    cars("01", kind="boat")
    plan = proposed()
    gates = plan.stops.filter(node__sort="school_gate")
    assert set(gates.values_list("left_out", flat=True)) == {"no_fit"}


def test_more_nodes_than_time_keeps_the_graver_ones_and_says_what_it_cost() -> None:
    cars("01", begins=15, ends=17)
    with morning():
        for n in range(14):
            place("school", f"{n} 小", Point(30.01 + n * 0.001, 122.10))
        nodes.open_nodes_of(SYSTEM, "school_gate")
    plan = proposed()
    assert plan.stops.filter(left_out="").exists()
    assert why(plan) <= {"no_time", "less", "too_far"}
    less = plan.stops.filter(left_out="less")
    assert all(one.rather_id for one in less)


def test_a_shift_across_midnight_is_planned_like_any_other() -> None:
    lane()
    cars("01", begins=20, ends=32)
    with moment(at(19)):
        made = work_out(shift("2000-0800"), rounds=100)
    assert made.visits == 2
    assert all(one.arrives and at(20) <= one.arrives < at(26) for one in made.stops)


def test_the_same_seed_makes_the_same_plan() -> None:
    county()
    with morning():
        once, again = (work_out(shift(), seed=4, rounds=150) for _ in range(2))
    assert once.stops == again.stops


def test_shifts_are_those_that_units_are_planned_for() -> None:
    assert [one.code for one in shifts_on(DAY)] == ["0800-2000", "2000-0800"], "the usual two"
    cars("01", "02", begins=7, ends=15)
    assert [(one.code, one.units) for one in shifts_on(DAY)] == [("0700-1500", 2)]
    assert shift_at(at(9)).code == "0700-1500"
    cars("03", begins=22, ends=30)
    assert shift_at(at(26)).code == "2200-0600", "at two in the morning: yesterday's"
    assert [one.post for one in on_duty_in(at(7), at(15))] == [STATION, STATION]


def test_a_proposal_takes_the_place_of_the_one_before_and_not_of_what_is_published() -> None:
    county()
    plan = published()
    proposed()
    newest = proposed()
    assert set(Plan.objects.values_list("pk", "state")) == {
        (plan.pk, "published"), (newest.pk, "proposed"),
    }  # fmt: skip


# --- edited --------------------------------------------------------------------------------------


def test_a_stop_goes_to_the_unit_that_a_person_chose_and_stays_there_when_made_anew() -> None:
    county()
    plan = proposed()
    stop = stop_at(plan, "一小")
    assert stop.crew
    other = plan.units.exclude(pk=stop.crew_id).get()
    with morning():
        moved = actions.move_stop(by(), stop, other)
    assert (moved.crew, moved.pinned) == (other, True)
    again = stop_at(proposed(seed=9), "一小", nth=stop.nth)
    assert again.crew
    assert again.crew.unit_id == other.unit_id
    assert again.pinned


def test_what_is_taken_out_stays_out_until_it_is_put_back() -> None:
    county()
    stop = stop_at(proposed(), "码头")
    with morning():
        actions.take_out(by(), stop)
        with refused("nothing_changed"):
            actions.take_out(by(), stop)
    plan = proposed(seed=3)
    again = stop_at(plan, "码头", opens_at=stop.opens_at)
    assert (again.left_out, again.crew) == ("taken_out", None)
    with morning():
        back = actions.put_back(by(), again)
    assert back.crew is not None
    assert back.left_out == ""


def test_order_is_a_person_s_choice_as_long_as_hours_are_kept() -> None:
    county("01")
    plan = proposed()
    first, second = (stop_at(plan, "后巷", nth=n) for n in (1, 2))
    pier = stop_at(plan, "码头")
    assert pier.crew
    with morning():
        actions.move_stop(by(), pier, pier.crew, before=first)
        with refused("unfit_late"):
            actions.move_stop(by(), stop_at(plan, "一小"), pier.crew, before=pier)
    kept = list(plan.stops.order_by("place").values_list("node__name_zh", flat=True))
    assert kept.index("码头") < kept.index("后巷")
    assert second.pk


def test_a_change_by_hand_moves_no_other_unit_s_times() -> None:
    county()
    plan = proposed()
    stop = stop_at(plan, "一小")
    other = plan.units.exclude(pk=stop.crew_id).get()
    before = dict(plan.stops.exclude(pk=stop.pk).values_list("pk", "arrives_at"))
    with morning():
        actions.move_stop(by(), stop, other)
    after = dict(plan.stops.exclude(pk=stop.pk).values_list("pk", "arrives_at"))
    moved = [key for key, when in before.items() if when != after[key]]
    taken = plan.stops.filter(crew=other).values_list("pk", flat=True)
    assert set(moved) <= set(taken), "only of the unit that has one stop more"


def test_a_page_says_which_unit_could_go_and_why_others_can_t() -> None:
    county("01", "03")
    cars("02", begins=8, ends=10)
    with morning():
        found = choices(stop_at(proposed(), "一小"))
    assert {one.crew.unit.code for one in found[:2]} == {"a_01", "a_03"}
    assert sum(one.now for one in found) == 1
    assert found[0].arrives is not None
    assert found[2].crew.unit.code == "a_02"
    assert "下班前回不来" in found[2].why


def test_who_only_looks_changes_nothing_and_a_planner_not_what_is_published() -> None:
    county()
    plan = proposed()
    stop = stop_at(plan, "一小")
    with morning(), pytest.raises(Refused):
        actions.take_out(by("dispatcher"), stop)
    published(plan)
    with morning():
        with pytest.raises(Refused):
            actions.take_out(by(), stop)
        actions.take_out(by("commander"), stop)
    assert Stop.objects.get(pk=stop.pk).left_out == "taken_out"


# --- published -----------------------------------------------------------------------------------


def test_a_commander_publishes_and_nobody_else_not_even_the_platform() -> None:
    county()
    plan = proposed()
    for nobody in (by(), by("dispatcher"), SYSTEM):
        with morning(), pytest.raises(Refused):
            actions.publish_plan(nobody, plan)
    with morning():
        held = actions.publish_plan(by("commander"), plan, why="注意校门口")
    assert (held.state, held.published_by) == ("published", by("commander").source)
    entry = Entry.objects.get(kind="plans.plan_published")
    assert "校门口" not in entry.text
    with morning(), refused("not_proposed"):
        actions.publish_plan(by("commander"), plan)


def test_a_new_plan_takes_over_what_was_done_by_the_one_before() -> None:
    county()
    plan = published()
    stop = stop_at(plan, "码头")
    Stop.objects.filter(pk=stop.pk).update(
        state="done", there_at=at(8.5), left_at=at(8.7)
    )  # fmt: skip
    fresh = published(proposed(seed=8))
    plan.refresh_from_db()
    assert plan.state == "replaced"
    again = stop_at(fresh, "码头", opens_at=stop.opens_at)
    assert (again.state, again.there_at) == ("done", at(8.5))


def test_a_plan_is_taken_back_with_a_word_to_the_crews() -> None:
    county()
    plan = published()
    with morning():
        with refused("why"):
            actions.withdraw_plan(by("commander"), plan, why=" ")
        actions.withdraw_plan(by("commander"), plan, why="台风，全部待命")
    plan.refresh_from_db()
    assert (plan.state, plan.why) == ("withdrawn", "台风，全部待命")


def test_a_shift_that_is_over_is_neither_planned_nor_published() -> None:
    county()
    plan = proposed()
    with moment(at(21)):
        with refused("shift_over"):
            actions.publish_plan(by("commander"), plan)
        with refused("shift_over"):
            actions.propose_plan(by(), work_out(shift(), rounds=20))


def test_a_drawing_made_meanwhile_is_in_the_next_plan() -> None:
    schools()
    cars("01", "02")
    published()
    with morning():
        nodes.draw_node(by(), "hot_spot", LANE, 1, told())
    assert proposed().stops.filter(node__name_zh="后巷").count() == 2
