"""The follow page: where it stands, and what the resident can do there."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.photos import make_anew
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.actions import read_person
from gongzhi.work.participation.actions import (
    ask_resident,
    join_request,
    note_down,
    reply_to_question,
    take_up,
)
from gongzhi.work.participation.codes import code_for, shown
from gongzhi.work.participation.models import Rating
from tests.work.participation.cast import KEY, RESIDENT, answered, by, lamp, photo

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def follow(client: Client, key: str = KEY) -> str:
    client.post("/follow/", {"code": shown(code_for(key))})
    return client.get("/follow/matter/").content.decode()


def test_a_question_is_put_and_answered_with_a_photo(client: Client) -> None:
    receipt = lamp()
    take_up(by("city_management"), receipt.matter)
    ask_resident(by("city_management"), receipt.matter, "是哪一根灯杆？")
    assert "是哪一根灯杆？" in follow(client)
    sent = {"words": "第三根", "photos": [photo()]}
    assert client.post("/follow/reply/", sent).status_code == 302
    page = client.get("/follow/matter/").content.decode()
    assert ("第三根" in page, "承办单位想问您" in page) == (True, False)
    assert "/small/" in page


def test_solved_rated_and_opened_again(client: Client) -> None:
    answered(lamp())
    assert "灯已经换好了" in follow(client)
    client.post("/follow/judge/", {"solved": "yes"})
    assert Matter.objects.get().step == "closed"
    client.post("/follow/rate/", {"stars": "4", "words": "挺快"})
    assert Rating.objects.get().stars == 4
    client.post("/follow/judge/", {"solved": "no", "words": "又灭了"})
    page = client.get("/follow/matter/").content.decode()
    assert "又灭了" in page
    assert Matter.objects.get().step == "reopened"


@pytest.mark.parametrize("stars", ["", "0", "6", "five", "⑤"])
def test_no_stars_is_said(client: Client, stars: str) -> None:
    answered(lamp())
    follow(client)
    answer = client.post("/follow/rate/", {"stars": stars})
    assert (answer.status_code, "一到五颗星" in answer.content.decode()) == (422, True)


def test_withdrawn(client: Client) -> None:
    lamp()
    follow(client)
    client.post("/follow/withdraw/")
    assert "您撤回了这件诉求" in client.get("/follow/matter/").content.decode()


def test_photos_and_words_are_gone_when_a_resident_wants_it(client: Client) -> None:
    lamp(photos=[make_anew(photo())], contact={"name": "王小明"})
    assert "/small/" in follow(client)
    assert client.post("/follow/erase/").status_code == 409
    client.post("/follow/withdraw/")
    assert client.post("/follow/erase/").status_code == 302
    page = client.get("/follow/matter/").content.decode()
    assert ("巷口的灯不亮" in page, "已按您的要求清除" in page) == (False, True)
    assert not StoredFile.objects.exists()


def test_a_resident_sees_who_looked_at_their_contact(client: Client) -> None:
    receipt = lamp(contact={"name": "王小明"})
    person = receipt.matter.parties.get().person
    read_person(by("city_management"), person, purpose="verify")
    page = follow(client)
    assert ("被查看过 1 次" in page, "核实情况" in page) == (True, True)


@pytest.mark.parametrize("page", ["judge", "reply", "rate", "withdraw", "erase"])
def test_without_a_code_nothing_happens(client: Client, page: str) -> None:
    answered(lamp())
    answer = client.post(f"/follow/{page}/", {"solved": "yes", "stars": "5", "words": "x"})
    assert (answer.status_code, answer["Location"]) == (302, "/follow/")
    assert Matter.objects.get().step == "answered"


def test_a_forged_or_old_cookie_opens_nothing(client: Client) -> None:
    receipt = lamp()
    client.cookies["receipt"] = f"{receipt.pk}:1uABCD:{'x' * 43}"
    assert client.get("/follow/matter/").status_code == 302


def test_a_step_out_of_order_is_refused_with_the_reason(client: Client) -> None:
    lamp()
    follow(client)
    answer = client.post("/follow/judge/", {"solved": "yes"})
    assert (answer.status_code, "还不能进入" in answer.content.decode()) == (409, True)


def test_a_neighbour_reads_the_steps_and_not_what_was_said(client: Client) -> None:
    first = lamp(words="王家巷第三户门前")
    other = "n" * 24
    join_request(RESIDENT, first.matter, words="我这边也黑", idempotency_key=other)
    take_up(by("city_management"), first.matter)
    ask_resident(by("city_management"), first.matter, "您家电话多少？")
    page = follow(client, other)
    assert ("我这边也黑" in page, "已受理" in page) == (True, True)
    assert ("王家巷" in page, "您家电话多少" in page) == (False, False)
    assert "我这边也黑" not in follow(Client())  # nor does the first one read the neighbour


def test_notes_among_colleagues_stay_there(client: Client) -> None:
    receipt = lamp()
    note_down(by("city_management"), receipt.matter, "先去看现场")
    assert "先去看现场" not in follow(client)


@pytest.mark.parametrize("many", [1, 30])
def test_a_long_story_takes_no_more_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    receipt = lamp()
    take_up(by("city_management"), receipt.matter)
    for _ in range(many):
        ask_resident(by("city_management"), receipt.matter, "在哪？")
        reply_to_question(RESIDENT, receipt, "这里")
    follow(client)
    with django_assert_num_queries(QUERIES):
        assert client.get("/follow/matter/").status_code == 200


QUERIES = 18
