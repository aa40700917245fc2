"""What everybody sees of a neighbourhood: kinds, progress, months; no words, no house."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from gongzhi.base.log.actions import now
from gongzhi.base.places.actions import describe_county, import_gazetteer
from gongzhi.base.places.coordinates import Bounds, Point
from gongzhi.base.places.rows import PlaceRow
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.participation.actions import withdraw_request
from tests.work.participation.cast import RESIDENT, SQUARE, SYSTEM, lamp, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FAR = Point(29.98, 122.40)


@pytest.fixture(autouse=True)
def _county() -> None:
    cache.clear()
    county = describe_county(
        SYSTEM, code="own", name_zh="县", name_en="County",
        bounds=Bounds(29.8, 122.0, 30.1, 122.6), own=True,
    )  # fmt: skip
    places = [("square", "中心广场", SQUARE), ("far", "外礁码头", FAR)]
    import_gazetteer(
        SYSTEM, county, [PlaceRow(code, "pier", zh, at.lat, at.lon) for code, zh, at in places]
    )


def page(client: Client, q: str) -> str:
    answer = client.get("/around/", {"q": q})
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_sees_kind_progress_and_month_and_nothing_else(client: Client) -> None:
    lamp(words="老欧阳家门口", place="海平路 12 号", point=SQUARE, contact={"name": "欧阳"})
    lamp("b" * 24, point=SQUARE)
    said = page(client, "中心广场")
    assert "× 2" in said
    assert "已收到" in said
    assert f"{now():%Y-%m}" in said
    for hidden in ("欧阳", "海平路", "SQ2", str(SQUARE.lat), str(SQUARE.lon)):
        assert hidden not in said


def test_a_place_where_nothing_was_and_one_that_nobody_knows_say_so(client: Client) -> None:
    lamp(point=SQUARE)
    assert "附近半年来没有反映" in page(client, "外礁码头")
    assert "没有找到这个地点" in page(client, "zzzzqqq")
    assert client.get("/around/", {"q": "\x00"}).status_code == 400
    assert "半年来还没有反映" in page(client, "")


def test_nothing_of_calls_and_of_withdrawn_ones(client: Client) -> None:
    withdraw_request(RESIDENT, lamp(point=SQUARE))
    unit("command_centre")
    receive_call(SYSTEM, NewCall(category="fight", words="打架", point=SQUARE))
    assert "附近半年来没有反映" in page(client, "中心广场")
    assert client.get("/around/blocks/").json() == []


def test_the_map_has_blocks_and_counts(client: Client) -> None:
    lamp(point=SQUARE)
    lamp("b" * 24, point=Point(SQUARE.lat + 1e-5, SQUARE.lon))
    [block] = client.get("/around/blocks/").json()
    assert set(block) == {"cell", "value"}
    assert block["value"] == 2


def test_it_asks_as_little_with_many_as_with_one(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for n in range(30):
        lamp(f"{n:024}", point=SQUARE)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page(client, "中心广场")
