"""Where units should stand: said with numbers, for who plans, and never worse than today."""

from __future__ import annotations

import pytest
from django.test import Client

from gongzhi.base.places.coordinates import Point
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.ground import forget_ground
from gongzhi.work.patrol.plans import ways
from gongzhi.work.patrol.posts.selectors.standing import map_content, standing
from tests.work.dispatch.county import body, car
from tests.work.patrol.hands import DAY, STATION, account, morning, place

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FAR = Point(30.25, 122.40)


@pytest.fixture(autouse=True)
def no_ground_left_over() -> None:
    forget_ground()
    ways.forget_ways()


def county(many: int = 3) -> list[ResponseUnit]:
    """Cars that all stand at one station, and a town far away in which most people live."""
    station = body("a")
    place("police", station.name_zh, STATION)
    place("market", "远镇市场", FAR)
    for n in range(12):
        place("address", f"远镇 {n} 号", Point(FAR.lat + 0.001 * n, FAR.lon))
    return [car(f"{n:02d}") for n in range(1, many + 1)]


def test_one_goes_to_where_the_people_are_and_the_numbers_say_why() -> None:
    units = county()
    shown = standing(units, DAY, 1, "cover")
    assert shown is not None
    assert shown.after.cover > shown.before.cover
    assert 0 < shown.moved < 3
    rows = {one.place: one for one in shown.rows}
    assert rows["远镇市场"].change == "come"
    assert sum(one.now for one in shown.rows) == sum(one.then for one in shown.rows) == 3
    assert not shown.foreseen
    assert len(map_content(shown)["features"]) == len(shown.rows)


@pytest.mark.parametrize("aim", ["cover", "seconds"])
def test_it_is_never_worse_than_today(aim: str) -> None:
    shown = standing(county(), DAY, 0, aim)  # type: ignore[arg-type]
    assert shown is not None
    if aim == "cover":
        assert shown.after.cover >= shown.before.cover
    else:
        assert shown.after.seconds <= shown.before.seconds


def test_where_there_is_nothing_to_reckon_with_the_page_says_so() -> None:
    client = Client()
    client.force_login(account("planner"))
    with morning():
        assert "还算不出来" in client.get("/patrol/posts/").content.decode()


def test_the_page_tells_moves_and_takes_odd_questions() -> None:
    county()
    client = Client()
    client.force_login(account("planner"))
    with morning():
        page = client.get(f"/patrol/posts/?day={DAY}&shift=1").content.decode()
        assert "远镇市场" in page
        odd = client.get("/patrol/posts/?day=never&shift=99999&aim=none")
    assert odd.status_code == 200


def test_a_crew_may_not_open_it() -> None:
    client = Client()
    client.force_login(account("officer"))
    assert client.get("/patrol/posts/").status_code == 403
