"""A day that another county went through comes to this one: as many calls, as far apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.places.coordinates import Bounds, Point
from gongzhi.base.places.models import County
from gongzhi.config.exercise.days import day_of
from gongzhi.config.exercise.storm import Spot
from gongzhi.work.calls.actions import NewCall, receive_call
from tests.work.dispatch.county import SYSTEM, body

pytestmark = pytest.mark.django_db
SPOTS = [
    Spot(f"{e}{n}", "road", "a", 30 + n / 10, 122 + e / 10) for e in range(6) for n in range(6)
]


def test_calls_keep_their_distance_their_order_and_what_lay_together() -> None:
    body("command_centre", "department")
    there = County(code="elsewhere", name_zh="别处", time_zone="America/New_York")
    there.bounds = Bounds(40, -76, 41, -75)
    there.save()
    begin = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)  # midnight there
    spots = [(40.1, -75.9), (40.1001, -75.8999), (40.9, -75.1)]
    for minutes, (lat, lon) in zip((-1, 40, 50), spots, strict=True):
        with moment(begin + timedelta(minutes=minutes)):
            receive_call(SYSTEM, NewCall("theft", "x", county=there, point=Point(lat, lon)))
    with moment(begin + timedelta(minutes=55)):
        receive_call(SYSTEM, NewCall("fire", "x", county=there, priority=2))

    plan = day_of(there, date(2026, 11, 3), SPOTS)
    assert [one.after for one in plan] == [20, 620, 920]
    assert [(one.category, one.priority) for one in plan[1:]] == [("theft", 3), ("fire", 2)]
    south_west, north_east, nowhere = plan
    assert (south_west.lat, south_west.lon) < (north_east.lat, north_east.lon)
    assert nowhere.lat is None
    assert all("别处" in one.words for one in plan)
    assert day_of(there, date(2026, 11, 9), SPOTS) == []
