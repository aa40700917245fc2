"""Series and topics as they are asked for: who sees what, how exactly, and what a press does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter
from gongzhi.work.prevention.linking.counts import counted
from gongzhi.work.prevention.linking.models import Member, Series
from tests.work.prevention.linking.hands import (
    burglaries,
    lamps,
    looked,
    nothing_linked,
    of_role,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def inside(role: str, unit: str = "command_centre") -> Client:
    client = Client()
    client.force_login(of_role(role, unit))
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def series_there() -> Series:
    nothing_linked()
    burglaries()
    [found] = looked()
    return found


def test_the_list_says_how_many_where_and_why() -> None:
    series = series_there()
    seen = page(inside("analyst"), "/series/")
    assert series.number in seen
    assert "入室盗窃 3 起" in seen
    assert "相距不超过" in seen


def test_the_list_alone_comes_when_the_page_asks_for_it_again() -> None:
    series = series_there()
    answer = inside("analyst").get("/series/", headers={"HX-Request": "true"})
    seen = answer.content.decode()
    assert series.number in seen
    assert "<html" not in seen


def test_an_analyst_sees_blocks_of_houses_and_no_address_the_console_more() -> None:
    series = series_there()
    path = f"/series/{series.pk}/"
    coarse, exact = page(inside("analyst"), path), page(inside("commander"), path)
    member = Matter.objects.filter(category="burglary").latest("pk")
    assert "海平路" not in coarse
    assert f"/console/incidents/{member.pk}/" not in coarse
    assert "海平路" in exact
    assert f"/console/incidents/{member.pk}/" in exact


def test_who_may_see_but_not_judge_finds_no_form() -> None:
    series = series_there()
    assert "verdict" not in page(inside("dispatcher"), f"/series/{series.pk}/")
    assert inside("dispatcher").post(f"/series/{series.pk}/judge/").status_code == 403
    assert inside("call_taker").get("/series/").status_code == 403


def test_a_verdict_is_pressed_and_taken_back_on_the_page() -> None:
    series = series_there()
    client = inside("analyst")
    done = client.post(
        f"/series/{series.pk}/judge/", {"verdict": "confirm.same_method"}, follow=True
    )
    assert "手法相同" in done.content.decode()
    done = client.post(f"/series/{series.pk}/undo/", {"reason": "new_facts"}, follow=True)
    assert "有了新的情况" in done.content.decode()
    series.refresh_from_db()
    assert series.state == "proposed"


def test_one_is_left_out_and_put_back_on_the_page() -> None:
    series, client = series_there(), inside("analyst")
    path = f"/series/{series.pk}"
    matter = series.members.first().matter_id
    done = client.post(
        f"{path}/leave-out/", {"matter": matter, "reason": "other_method"}, follow=True
    )
    assert "去掉的" in done.content.decode()
    assert "不是一起的" not in done.content.decode()  # two are left
    assert inside("dispatcher").post(f"{path}/put-back/", {"matter": matter}).status_code == 403
    done = client.post(f"{path}/put-back/", {"matter": matter}, follow=True)
    assert "去掉的" not in done.content.decode()
    assert "不是一起的" in done.content.decode()


def test_an_incidents_page_says_what_it_may_be_linked_with() -> None:
    series = series_there()
    member = Member.objects.filter(series=series).first()
    assert member is not None
    path = f"/console/incidents/{member.matter_id}/"
    assert f"/series/{series.pk}/" in page(inside("dispatcher"), path)
    assert "/series/" not in page(inside("call_taker"), path).split("</nav>")[-1]


def test_a_list_of_many_takes_as_many_queries_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    series = series_there()
    client = inside("analyst")
    page(client, "/series/")
    for _ in range(10):
        copy = Series.objects.get(pk=series.pk)
        copy.pk = None
        copy.save()
        for row in Member.objects.filter(series=series):
            Member.objects.create(series=copy, matter_id=row.matter_id)
    with django_assert_max_num_queries(13):
        page(client, "/series/")


def test_a_series_that_is_not_there_says_so() -> None:
    assert inside("analyst").get("/series/999999/").status_code == 404


# --- topics ---------------------------------------------------------------------------------------


def test_several_residents_about_one_thing_are_one_topic_and_one_joins_the_first() -> None:
    nothing_linked("resident_request")
    first, second, third = lamps()
    [topic] = looked()
    assert (topic.topic, topic.size) == (True, 3)
    client = inside("officer", "a")
    assert "，本单位 3 件" in page(client, "/series/topics/")
    joined = client.post(
        f"/series/topics/{topic.pk}/join/", {"matter": second.pk, "into": first.pk}, follow=True
    )
    assert first.number in joined.content.decode()
    second.refresh_from_db()
    third.refresh_from_db()
    assert second.merged_into_id == first.pk
    assert third.merged_into_id is None


def test_of_other_units_requests_only_the_count_is_shown_and_not_a_small_one() -> None:
    nothing_linked("resident_request")
    lamps()
    [topic] = looked()
    Matter.objects.filter(pk=topic.members.latest("pk").matter_id).update(
        owner_unit=of_role("officer", "b").unit
    )
    seen = page(inside("officer", "a"), "/series/topics/")
    assert "本单位 2 件" in seen
    assert "别的单位 少于 5 件" in seen


def test_a_unit_sees_no_topic_of_others_and_parts_none() -> None:
    nothing_linked("resident_request")
    lamps()
    [topic] = looked()
    other = inside("officer", "b")
    assert "路灯" not in page(other, "/series/topics/").split("<main")[-1]
    path = f"/series/topics/{topic.pk}/part/"
    assert other.post(path, {"reason": "chance"}).status_code == 404
    assert inside("officer", "a").post(path, {"reason": "chance"}).status_code == 302
    topic.refresh_from_db()
    assert topic.state == "rejected"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0"), (1, "少于 5"), (4, "少于 5"), (5, "至少 5"), (14, "至少 10")]
)
def test_small_counts_are_kept_back(count: int, said: str) -> None:
    assert counted(count) == said


def test_old_ones_are_compared_with_nothing() -> None:
    nothing_linked()
    for one in burglaries():
        Matter.objects.filter(pk=one.pk).update(opened_at=now() - timedelta(days=200))
    assert looked() == []
