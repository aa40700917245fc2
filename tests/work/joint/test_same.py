"""Many residents say the same: found by words, place and time, joined at once, answered once."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.actions import hand_over
from gongzhi.base.matters.models import ClockRun, Matter
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.joint.actions import join_all, take_apart
from gongzhi.work.joint.models import JoinRun, SameThing
from gongzhi.work.joint.readers import go_on, look_for_same
from gongzhi.work.participation.actions import answer_request, start_request, take_up
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import followers_of, matter_followed
from tests.work.participation.cast import LOOKED, SQUARE, by, clerk, lamp, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SAID = (
    "海平路口的路灯不亮了，晚上太黑", "海平路口路灯坏了三天没人修",
    "海平路口那盏路灯一直不亮，走夜路怕",
    "路灯不亮，海平路口", "海平路口的灯不亮，老人差点摔倒", "请修一下海平路口不亮的路灯",
)  # fmt: skip
ELSE = (
    "垃圾桶满了没人清", "流浪狗追小孩", "树枝压到电线", "下水道堵了冒污水", "公交站牌倒了",
    "占道摆摊过不去", "广告牌快掉了", "草坪被车压坏",
)  # fmt: skip


def many(number: int, *, words: tuple[str, ...] = SAID, point: Point = SQUARE) -> list[Receipt]:
    return [
        lamp(f"same-{number}-{n:016d}", words=words[n % len(words)], point=point)
        for n in range(number)
    ]


def found() -> SameThing:
    look_for_same()
    return SameThing.objects.get(state="found")


def test_what_many_say_is_found_and_what_others_say_is_not_in_it() -> None:
    same = many(7)
    for n, words in enumerate(ELSE):
        lamp(f"else-{n:020d}", words=words, point=SQUARE, category="litter")
    group = found()
    assert set(group.keys) == {one.matter_id for one in same}
    assert group.into_id == same[0].matter_id
    entry = Entry.objects.get(kind="joint.same_found")
    assert "路灯" not in entry.text


def test_the_same_words_far_away_are_another_thing() -> None:
    many(4)
    for n in range(4):
        lamp(f"far-{n:020d}", words=SAID[n], point=Point(29.99, 122.2502))
    look_for_same()
    assert [one.size for one in SameThing.objects.all()] == [4, 4]


def test_all_are_joined_in_one_press_and_everybody_follows_the_one() -> None:
    same = many(6)
    run = join_all(by("city_management"), found())
    assert (run.joined, run.total, run.ended_at is not None) == (5, 5, True)
    into = Matter.objects.get(pk=same[0].matter_id)
    assert followers_of(into) == 6
    for one in same[1:]:
        one.refresh_from_db()
        assert (one.matter.step, matter_followed(one).pk) == ("merged", into.pk)
    open_runs = ClockRun.objects.filter(stopped_at=None).values_list("matter", flat=True)
    assert set(open_runs) == {into.pk}
    office = by("city_management")
    (
        take_up(office, into),
        start_request(office, into),
        answer_request(office, into, "修好了", closing=LOOKED),
    )
    assert Entry.objects.filter(kind="matters.matter_merged").count() == 5
    assert verify().holds


def test_chosen_ones_alone_are_joined() -> None:
    same = many(5)
    keys = [one.matter_id for one in same[:3]]
    run = join_all(by("city_management"), found(), keys)
    assert run.joined == 2
    assert Matter.objects.filter(step="merged").count() == 2


def test_what_went_on_meanwhile_is_left_alone() -> None:
    same, group = many(5), found()
    office = by("city_management")
    for deed in (take_up, start_request):
        deed(office, same[3].matter)
    answer_request(office, same[3].matter, "已答复", closing=LOOKED)
    join_all(office, group)
    assert Matter.objects.get(pk=same[3].matter_id).step == "answered"
    with pytest.raises(Refused, match="处理过"):
        join_all(office, group)


def test_another_unit_neither_sees_nor_joins_them(client: Client) -> None:
    many(4)
    group = found()
    client.force_login(clerk("housing"))
    assert "大家在说" not in client.get("/requests/").content.decode()
    assert client.get(f"/requests/same/{group.pk}/").status_code == 404
    assert client.post(f"/requests/same/{group.pk}/join/").status_code == 404
    with pytest.raises(Refused):
        join_all(by("housing"), group)


def test_taken_apart_it_is_not_found_again() -> None:
    many(4)
    take_apart(by("city_management"), found())
    look_for_same()
    assert not SameThing.objects.filter(state="found").exists()


def test_a_group_keeps_its_address_while_more_join_it() -> None:
    many(4)
    before = found()
    lamp("same-later-00000000000000", words=SAID[4], point=SQUARE)
    later = found()
    assert (later.pk, later.size, later.into_id) == (before.pk, 5, before.into_id)
    rows = Entry.objects.filter(kind="joint.same_found").count()
    assert found().pk == before.pk
    assert Entry.objects.filter(kind="joint.same_found").count() == rows


def test_when_its_oldest_is_done_the_rest_keep_the_address() -> None:
    same, before = many(5), found()
    done_with(same[0])
    later = found()
    assert (later.pk, later.into_id) == (before.pk, same[1].matter_id)


def test_a_group_that_is_over_says_what_became_of_it(client: Client) -> None:
    same, group = many(4), found()
    done_with(same[0])
    handed = same[1].matter
    hand_over(by("city_management"), handed, unit("housing"), reason="not_ours")
    look_for_same()
    group.refresh_from_db()
    assert group.state == "over"
    client.force_login(clerk("city_management"))
    assert "大家在说" not in client.get("/requests/").content.decode()
    page = client.get(f"/requests/same/{group.pk}/").content.decode()
    assert "已经不像一件事了" in page
    assert same[0].matter.number in page
    assert handed.number not in page
    assert "另有 1 件" in page
    assert client.post(f"/requests/same/{group.pk}/join/").status_code == 409


def test_what_is_found_again_has_its_address_back() -> None:
    same, group = many(3), found()
    done_with(same[0])
    look_for_same()
    lamp("same-again-00000000000000", words=SAID[4], point=SQUARE)
    assert found().pk == group.pk


def test_what_is_long_over_is_let_go() -> None:
    same, _group = many(3), found()
    done_with(same[0])
    look_for_same()
    SameThing.objects.filter(state="over").update(at=now() - timedelta(days=15))
    look_for_same()
    assert not SameThing.objects.exists()


def done_with(one: Receipt) -> None:
    office = by("city_management")
    for deed in (take_up, start_request):
        deed(office, one.matter)
    answer_request(office, one.matter, "修好了", closing=LOOKED)


def test_what_happens_in_quarrels_is_not_compared() -> None:
    unit("station_lancheng")
    for n in range(5):
        lamp(f"noise-{n:020d}", category="noise", words=SAID[n], point=SQUARE)
    look_for_same()
    assert not SameThing.objects.exists()


def test_the_pages(client: Client) -> None:
    many(4)
    group = found()
    client.force_login(clerk("city_management"))
    page = client.get("/requests/").content.decode()
    assert "大家在说同一件事" in page
    assert "路灯不亮 4 件" in page
    assert "路灯" in client.get(f"/requests/same/{group.pk}/").content.decode()
    assert client.post(f"/requests/same/{group.pk}/join/").status_code == 302
    assert "3 件已并入" in client.get(f"/requests/same/{group.pk}/").content.decode()


@pytest.mark.parametrize("copies", [
    pytest.param(2_000, marks=pytest.mark.slow), pytest.param(10_000, marks=pytest.mark.long),
])  # fmt: skip
def test_thousands_of_copies_stay_workable(client: Client, copies: int) -> None:
    """Copies of one complaint: found, and joined in the background, a batch at a time."""
    many(copies, words=("海平路口的路灯不亮，请尽快修好",))
    begun = time.perf_counter()
    group = found()
    print(f"{copies} found in {time.perf_counter() - begun:.1f} s")
    assert group.size == copies
    assert time.perf_counter() - begun < copies / 60
    client.force_login(clerk("city_management"))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get("/requests/").status_code == 200
    assert len(seen) < 30
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"/requests/same/{group.pk}/").status_code == 200
    assert len(seen) < 30
    assert client.post(f"/requests/same/{group.pk}/join/").status_code == 302
    assert JoinRun.objects.get().ended_at is None
    begun = time.perf_counter()
    go_on()
    print(f"joined in {time.perf_counter() - begun:.1f} s")
    run = JoinRun.objects.get()
    assert (run.joined, run.ended_at is not None) == (copies - 1, True)
    assert followers_of(run.into) == copies
    assert f"{copies} 位居民关注" in client.get(f"/requests/{run.into_id}/").content.decode()
