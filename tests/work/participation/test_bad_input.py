"""Copies, links, numbers of other people: none of it makes the platform useless or harmful."""

from __future__ import annotations

from time import perf_counter

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Matter, Narrative
from gongzhi.work.participation.actions import ask_resident, take_up
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.selectors.nearby import nearby_requests
from tests.work.participation.cast import KEY, SQUARE, by, clerk, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
COPY = "全镇的路灯都不亮，请马上处理！"
LINK = "看这里 https://evil.example/win?x=1 <a href='https://evil.example'>点我</a>"


def flood(many: int) -> None:
    """So many copies of one text, as if they had come in one night."""
    first = lamp(words=COPY, place="").matter
    rows = Matter.objects.bulk_create(
        Matter(
            procedure="resident_request", version=first.version, step="received",
            stepped_at=now(), opened_at=now(), category="lamp_out", priority=3,
            owner_unit=first.owner_unit,
        )
        for _number in range(many)
    )  # fmt: skip
    Narrative.objects.bulk_create(Narrative(matter=one, words=COPY) for one in rows)


def test_ten_thousand_copies_are_one_row_and_the_others_are_still_seen(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    flood(9_999)
    other = lamp("o" * 24, words="桥头的灯一闪一闪").matter
    client.force_login(clerk("city_management"))
    began = perf_counter()
    with django_assert_max_num_queries(12):
        page = client.get("/requests/").content.decode()
    assert perf_counter() - began < 10
    assert page.count(COPY) == 1
    assert "还有 9999 件" in page
    assert other.number in page


def test_a_neighbour_with_the_same_words_is_offered_to_join() -> None:
    first = lamp(words=COPY, point=SQUARE).matter
    [found] = nearby_requests(SQUARE, "lamp_out", COPY)
    assert found.matter == first


def test_two_neighbours_with_the_same_words_are_two_rows(client: Client) -> None:
    both = [lamp(f"{number:024d}", words=COPY).matter for number in range(2)]
    client.force_login(clerk("city_management"))
    page = client.get("/requests/").content.decode()
    assert all(one.number in page for one in both)


def test_erased_words_are_no_copies_of_each_other(client: Client) -> None:
    keys = [lamp(f"{number:024d}").matter for number in range(6)]
    Narrative.objects.update(words="")
    client.force_login(clerk("city_management"))
    page = client.get("/requests/").content.decode()
    assert all(one.number in page for one in keys)


def test_a_link_is_shown_as_text_and_leads_nowhere(client: Client) -> None:
    receipt = lamp(words=LINK)
    ask_resident(by("city_management"), take_up(by("city_management"), receipt.matter), LINK)
    desk = Client()
    desk.force_login(clerk("city_management"))
    client.post("/follow/", {"code": code_for(KEY)})
    for page in (
        desk.get(f"/requests/{receipt.matter.pk}/").content.decode(),
        desk.get("/requests/").content.decode(),
        client.get("/follow/matter/").content.decode(),
    ):
        assert "evil.example" in page
        assert 'href="https://evil' not in page
        assert "href='https://evil" not in page


def test_nobody_else_reads_what_a_resident_wrote_whatever_it_says(client: Client) -> None:
    lamp(words="王小明 13805801234 是个骗子", point=SQUARE)
    for path in ("/", "/around/", "/around/blocks/", "/open311/v2/requests.json"):
        page = client.get(path).content.decode()
        assert "骗子" not in page
        assert "13805801234" not in page
