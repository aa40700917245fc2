"""What patrols cost in cover is reckoned before the plan is made, and shown hour by hour."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from gongzhi.base.log.actions import moment
from gongzhi.work.patrol.nodes.selectors.hours import needs_of_nodes
from gongzhi.work.patrol.plans import solving
from gongzhi.work.patrol.plans.covering import losses
from gongzhi.work.patrol.plans.models import Stop
from gongzhi.work.patrol.plans.selectors.board import lines, stops_of
from gongzhi.work.patrol.plans.selectors.cover import cover
from gongzhi.work.patrol.plans.selectors.shifts import on_duty_in
from tests.work.patrol.hands import at, cars, lane, morning, proposed, schools

pytestmark = pytest.mark.django_db


def test_where_all_stay_at_their_posts_nothing_is_lost_in_any_hour() -> None:
    schools()
    cars("01", "02")
    plan = proposed()
    Stop.objects.filter(plan=plan).update(crew=None, arrives_at=None, left_out="no_time")
    with morning():
        found = cover(plan, stops_of(plan))
    assert found
    assert len(found.hours) == 12
    assert {one.lost for one in found.hours} == {0}
    assert found.plan == found.posts


def test_an_hour_in_which_units_are_far_away_is_told_from_the_others() -> None:
    schools()
    cars("01", "02")
    plan = proposed()
    one = plan.stops.filter(left_out="").first()
    assert one
    node = one.node
    node.lat, node.lon = node.lat + 1.0, node.lon
    node.save()
    plan.stops.filter(left_out="").update(node=node)
    for crew in plan.units.all():
        crew.stops.update(arrives_at=at(10), leaves_at=at(11))
    with morning():
        found = cover(plan, stops_of(plan))
    assert found
    assert found.worst.lost > 20
    assert found.worst.hour.begins == at(10)
    assert found.hours[6].lost == 0


def test_standing_far_from_where_calls_come_is_a_loss() -> None:
    schools()
    units = cars("01")
    with morning():
        needs = needs_of_nodes(at(8), at(20))
        on = on_duty_in(at(8), at(20))
        needs[0].node.lat += 1.0
        found = losses(on, needs, at(14))
    assert found[units[0].pk, 0] > 10
    near = [n for n, one in enumerate(needs) if one.node.pk != needs[0].node.pk]
    assert near
    assert all(found[units[0].pk, n] < 5 for n in near)


def test_a_unit_without_stops_has_a_reason_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    schools()
    lane()
    cars("01")
    cars("09", kind="boat")
    monkeypatch.setattr(solving, "EVEN", 0.0)
    plan = proposed()
    with moment(at(8)):
        idle = {one.crew.unit.code: one.crew.idle for one in lines(plan, stops_of(plan), at(8))}
    assert idle["a_01"] == ""
    assert idle["a_09"] in ("far", "others", ""), "a boat may only go to the pier"
    Stop.objects.filter(plan=plan).delete()
    assert "给了别的单位" in lines(plan, [], at(8))[0].idle
    assert plan.begins_at + timedelta(hours=12) == plan.ends_at


def test_units_away_together_cost_what_they_cost_together_and_not_the_sum() -> None:
    schools()
    cars("01", "02")
    plan = proposed()
    one = plan.stops.filter(left_out="").first()
    assert one
    one.node.lat += 1.0
    one.node.save()
    plan.stops.filter(left_out="").update(node=one.node)
    for crew in plan.units.all():
        Stop.objects.filter(pk=plan.stops.order_by("pk")[crew.pk % 2].pk).update(
            crew=crew, node=one.node, left_out="", arrives_at=at(10), leaves_at=at(11)
        )
    with morning():
        found = cover(plan, stops_of(plan))
    assert found
    assert found.together
    assert found.together.many == 2
    assert found.together.lost > found.together.added, "one stands in for the other"
    page = render_to_string("plans/parts/cover.html", {"cover": found, "plan": plan})
    assert "同时不在驻地" in page
    assert "互相补位" in page
