"""Before a stop is dropped somewhere else, the map says what that would do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gongzhi.work.patrol.plans import actions
from gongzhi.work.patrol.plans.models import Plan, PlanUnit, Stop
from tests.work.patrol.hands import account, by, cars, lane, morning, proposed, schools, stop_at

pytestmark = pytest.mark.django_db


def asked(plan: Plan, stop: Stop, crew: PlanUnit, **more: Any) -> dict[str, Any]:
    client = Client()
    client.force_login(account("planner"))
    with morning():
        told = {"stop": stop.pk, "unit": crew.pk, **more}
        answer = client.get(f"/patrol/{plan.pk}/try/", told)
    found: dict[str, Any] = answer.json()
    return found


def county() -> tuple[Plan, Stop, PlanUnit]:
    """A plan, a stop of it, and the unit that doesn't make it."""
    schools()
    lane()
    cars("01", "02")
    plan = proposed()
    stop = stop_at(plan, "码头")
    return plan, stop, plan.units.exclude(pk=stop.crew_id).get()


def test_minutes_are_told_and_nothing_is_different_yet() -> None:
    plan, stop, other = county()
    before = list(plan.stops.order_by("pk").values())
    found = asked(plan, stop, other)
    assert found["why"] == ""
    assert "分钟" in found["lines"][0]
    assert str(other.unit) in found["lines"][0]
    assert list(plan.stops.order_by("pk").values()) == before


def test_what_would_fall_out_is_named_and_goes_if_somebody_wants_it_all_the_same() -> None:
    plan, stop, other = county()
    assert stop.arrives_at
    hours = {"opens_at": stop.arrives_at, "closes_at": stop.arrives_at + timedelta(minutes=12)}
    Stop.objects.filter(pk=stop.pk).update(**hours)
    rival = plan.stops.filter(crew=other).first()
    assert rival
    Stop.objects.filter(pk=rival.pk).update(
        **hours, minutes=12, arrives_at=hours["opens_at"], leaves_at=hours["closes_at"]
    )
    found = asked(plan, stop, other)
    assert found["why"]
    assert found["anyway"]
    assert any(str(rival.node) in line for line in found["lines"])
    stop.refresh_from_db()
    with morning():
        actions.move_stop(by(), stop, other, anyway=True)
    rival.refresh_from_db()
    stop.refresh_from_db()
    assert stop.crew == other
    assert rival.crew != other
    assert rival.crew or rival.left_out == "less"


def test_what_is_asked_wrong_is_answered_in_words() -> None:
    plan, stop, other = county()
    other.pk = 999_999
    assert asked(plan, stop, other)["why"] == "请选一个单位。"
