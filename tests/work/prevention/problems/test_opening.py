"""A problem without a rise: made of a confirmed series, or of what somebody saw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.linking.models import Member, Series
from gongzhi.work.prevention.problems import actions
from gongzhi.work.prevention.problems.looking import harms
from gongzhi.work.prevention.problems.models import Problem
from gongzhi.work.prevention.problems.selectors import assess
from tests.work.dispatch.county import body
from tests.work.prevention.problems.hands import (
    ABOUT,
    AREA,
    LAST,
    MIDDLE,
    TODAY,
    account,
    at,
    by,
    matter,
    tell,
    usual,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def inside(role: str = "analyst") -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def series(state: str = "confirmed", **more: object) -> Series:
    """Five scooters within ten days: three in one cell, two in another."""
    told = {
        "category": ABOUT, "opened_at": at(LAST), "first_at": at(LAST - timedelta(days=9)),
        "last_at": at(LAST), "size": 5, "weight": 5.0, "state": state, **more,
    }  # fmt: skip
    made = Series.objects.create(**told)
    for n, cell in enumerate((AREA[0], MIDDLE, MIDDLE, AREA[0], MIDDLE)):
        one = matter(LAST - timedelta(days=2 * n), cell)
        one.save()
        Member.objects.create(series=made, matter=one)
    return made


def test_a_confirmed_series_brings_its_kind_and_its_place() -> None:
    found = series()
    made = actions.open_for_series(by(), found, title="车棚里丢车", unit=body("station_east"))
    assert (made.about, made.series, made.rise) == (ABOUT, found, None)
    assert [int(one, 16) for one in made.cells] == [MIDDLE, AREA[0]]
    assert made.noticed == (LAST - timedelta(days=9), LAST)
    entry = Entry.objects.get(kind="problems.problem_opened")
    assert f'"series":{found.pk}' in entry.text.replace(" ", "")


@pytest.mark.parametrize("state", ["proposed", "rejected", "lapsed"])
def test_nothing_is_made_of_a_series_that_nobody_confirmed(state: str) -> None:
    with pytest.raises(Refused):
        actions.open_for_series(by(), series(state), title="x", unit=body("station_east"))
    assert not Problem.objects.exists()


def test_a_series_has_one_problem_and_its_page_leads_there() -> None:
    found, client = series(), inside()
    page = client.get(f"/series/{found.pk}/").content.decode()
    assert f"/problems/new/?series={found.pk}" in page
    where = f"/problems/new/?series={found.pk}"
    assert "电动车被盗 5 起" in client.get(where).content.decode()
    answer = client.post(where, {"title": "车棚里丢车", "unit": body("station_east").pk})
    one = Problem.objects.get()
    assert answer["Location"] == client.get(where)["Location"] == f"/problems/{one.pk}/"
    with moment(at(TODAY)):
        shown = client.get(f"/problems/{one.pk}/").content.decode()
    assert f"/series/{found.pk}/" in shown
    assert "一带，电动车被盗 5 起。" in shown


def test_what_somebody_saw_is_a_problem_with_their_words() -> None:
    client = inside()
    told = {
        "about": ABOUT, "place": "海港社区", "lat": "30.05", "lon": "122.1", "reach": "1",
        "title": "夜里丢车", "words": "车棚的门锁坏了三周", "unit": body("station_east").pk,
    }  # fmt: skip
    answer = client.post("/problems/new/", told)
    one = Problem.objects.get()
    assert answer["Location"] == f"/problems/{one.pk}/"
    assert len(one.cells) == 7
    assert one.noticed is None
    page = client.get(f"/problems/{one.pk}/").content.decode()
    assert "有人看到后提出" in page
    assert "车棚的门锁坏了三周" in page
    assert "门锁" not in Entry.objects.get(kind="problems.problem_opened").text


@pytest.mark.parametrize("left", ["about", "place", "title", "words", "unit"])
def test_what_is_missing_is_named_and_nothing_is_opened(left: str) -> None:
    told = {
        "about": ABOUT, "place": "海港社区", "lat": "30.05", "lon": "122.1", "reach": "0",
        "title": "夜里丢车", "words": "门锁坏了", "unit": str(body("station_east").pk),
    }  # fmt: skip
    told |= {left: ""} | ({"lat": "", "lon": ""} if left == "place" else {})
    answer = inside().post("/problems/new/", told)
    assert answer.status_code == 422
    assert not Problem.objects.exists()


@pytest.mark.parametrize("about", ["assembly", "drugs", "suspicious", "other"])
def test_only_harm_that_is_counted_by_place_can_be_one(about: str) -> None:
    assert about not in harms()
    from gongzhi.base.places.coordinates import Point

    with pytest.raises(Refused):
        actions.open_as_seen(
            by(), about=about, middle=Point(30.05, 122.1), reach=0, title="x",
            unit=body("station_east"), words="x",
        )  # fmt: skip


def test_only_those_who_judge_open_one() -> None:
    assert inside("unit_leader").get("/problems/new/").status_code == 403
    assert f"/problems/new/?series={series().pk}" not in (
        inside("unit_leader").get(f"/series/{Series.objects.get().pk}/").content.decode()
    )


def test_what_came_of_it_is_compared_without_a_rise_too() -> None:
    tell(usual())
    made = actions.open_for_series(by(), series(), title="丢车", unit=body("station_east"))
    with moment(at(TODAY)):
        actions.plan_intervention(
            by(), made, "door_locks", unit=body("station_east"), since=LAST - timedelta(days=6)
        )
        found = assess(made)
    assert found is not None
    assert found.left_out >= 1  # the weeks of the series itself


def test_words_that_named_somebody_go_for_good_and_that_they_did_stays() -> None:
    made = actions.open_for_series(by(), series(), title="丢车", unit=body("station_east"))
    actions.note_stage(by(), made, words="是海小某干的")
    row = made.said.get()
    path = f"/problems/words/{row.pk}/erase/"
    assert inside("unit_leader").post(path).status_code == 403
    client = inside()
    assert path in client.get(f"/problems/{made.pk}/").content.decode()
    client.post(path)
    row.refresh_from_db()
    assert row.words == ""
    page = client.get(f"/problems/{made.pk}/").content.decode()
    assert "海小某干的" not in page
    assert "这段话已经清除" in page
    assert Entry.objects.filter(kind="problems.words_erased").count() == 1
