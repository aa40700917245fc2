"""A hint that two reports may be one: near, recent, alike; and never in the way."""

from __future__ import annotations

from datetime import timedelta
from math import cos, radians
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, merge_into, open_matter, take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.similar import STEPS, WIDEST, Similar, Window, similar_matters
from gongzhi.base.people.actions import open_unit
from gongzhi.base.people.models import Unit
from gongzhi.base.places.cells import cell_of, cells_around
from gongzhi.base.places.coordinates import Point, metres_between

SYSTEM = Actor.system("test")
HERE = Point(29.95, 122.25)
HOURS = Window("incident", timedelta(hours=4), radius=400, closed_within=timedelta(minutes=30))
in_database = [pytest.mark.django_db, pytest.mark.both_databases]


def away(metres: float, start: Point = HERE) -> Point:
    return Point(start.lat + metres / 111_195, start.lon)


def incident(
    metres: float = 0, minutes: float = 3, category: str = "traffic_damage", **more: Any
) -> Matter:
    owner = Unit.objects.filter(code="desk").first() or open_unit(
        SYSTEM, code="desk", kind="bureau", name_zh="指挥中心", name_en="Desk"
    )
    told = {"words": "两辆轿车在路口相撞", "point": away(metres), **more}
    with moment(now() - timedelta(minutes=minutes)):
        return open_matter(
            SYSTEM, NewMatter(procedure="incident", category=category, owner=owner, **told)
        )


def found(category: str = "traffic_damage", **more: Any) -> list[Similar]:
    return similar_matters(HOURS, HERE, category, now(), **more)


def scores(*matters: Matter) -> list[float]:
    by_matter = {one.matter: one.score for one in found(limit=50)}
    return [by_matter.get(matter, 0.0) for matter in matters]


class TestInDatabase:
    pytestmark = in_database

    def test_the_same_crash_reported_again_is_found_with_the_reasons(self) -> None:
        matter = incident(metres=62)
        (hint,) = found()
        assert hint.matter == matter
        assert hint.why == "相距 60 米 · 同类 · 3 分钟前"
        incident(metres=5, minutes=0.1)
        assert found()[0].reasons[0] == "同一地点"

    def test_nearer_newer_and_more_alike_come_first(self) -> None:
        near, far = scores(incident(metres=20), incident(metres=300))
        new, old = scores(incident(minutes=2), incident(minutes=120))
        same, related, other = scores(
            incident(), incident(category="traffic_jam"), incident(category="fire")
        )
        assert near > far > 0
        assert new > old > 0
        assert same > related > other > 0

    def test_words_only_help(self) -> None:
        incident(metres=100)
        (plain,), (helped,), (others,) = (
            found(), found(words="路口有两辆轿车相撞了"), found(words="隔壁半夜很吵睡不着觉"),
        )  # fmt: skip
        assert helped.score > plain.score == others.score
        assert "描述相近" in helped.why
        assert "描述相近" not in others.why

    @pytest.mark.parametrize(
        "apart",
        [
            {"metres": 450},
            {"minutes": 60 * 5},
            {"minutes": -30},
            {"point": None},
            {"metres": 350, "category": "fire"},
        ],
    )
    def test_what_is_too_far_too_long_ago_or_nowhere_is_no_hint(self, apart: Any) -> None:
        incident(**apart)
        assert found() == []

    def test_closed_ones_count_for_a_while_and_merged_ones_never(self) -> None:
        matter, other = incident(minutes=60), incident(minutes=60)
        for at, hints in ((31, 0), (10, 1)):
            Matter.objects.filter(pk=matter.pk).update(closed_at=now() - timedelta(minutes=at))
            assert len(found()) == 1 + hints
        Matter.objects.filter(pk=matter.pk).update(closed_at=None)
        merge_into(SYSTEM, matter, other)
        assert [hint.matter for hint in found()] == [other]

    def test_other_procedures_and_other_counties_stay_apart(self) -> None:
        matter = incident()
        Matter.objects.filter(pk=matter.pk).update(procedure="resident_request")
        assert found() == []

    def test_an_unknown_category_still_finds_what_is_near(self) -> None:
        incident()
        assert found("nonsense")

    @pytest.mark.parametrize("rows", [1, 30])
    def test_one_query_however_many(self, rows: int, django_assert_num_queries: Any) -> None:
        for n in range(rows):
            incident(metres=n)
        with django_assert_num_queries(1):
            assert len(found(words="路口两车相撞", limit=5)) == min(rows, 5)

    def test_settled_by_phone_is_still_open(self) -> None:
        take_step(SYSTEM, incident(), "settled", elements={"settled_how": "已和解"})
        assert len(found()) == 1


@pytest.mark.django_db
def test_the_database_reads_the_block_and_the_hours_only() -> None:
    with CaptureQueriesContext(connection) as asked:
        found()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "matter_near (h9=? AND opened_at>? AND opened_at<?)" in plan


@given(lat=st.floats(18, 53), lon=st.floats(75, 134), east=st.floats(-1, 1), north=st.floats(-1, 1))
def test_two_steps_of_cells_hold_everything_within_the_widest_radius(
    lat: float, lon: float, east: float, north: float
) -> None:
    here = Point(lat, lon)
    there = Point(lat + north * WIDEST / 111_195, lon + east * WIDEST / 111_195 / cos(radians(lat)))
    if metres_between(here, there) <= WIDEST:
        assert cell_of(there) in cells_around(cell_of(here), STEPS)
