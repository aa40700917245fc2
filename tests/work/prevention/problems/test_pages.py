"""The board and a problem's page: who may, what they say, and that they are quick."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment
from gongzhi.work.prevention.problems.models import Problem, Rise
from tests.work.dispatch.county import body
from tests.work.prevention.problems.hands import (
    AREA,
    LAST,
    MIDDLE,
    TODAY,
    account,
    at,
    burst,
    looked,
    problem,
    rise,
    seen,
    tell,
    usual,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def inside(role: str = "analyst") -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def page(client: Client, path: str, **more: Any) -> str:
    answer = client.get(path, **more)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_who_sees_it_and_who_judges() -> None:
    found = rise()
    assert "由哪个单位负责" in page(inside(), "/problems/")
    assert "由哪个单位负责" not in page(inside("unit_leader"), "/problems/")
    assert inside("call_taker").get("/problems/").status_code == 403
    assert Client().get("/problems/").status_code == 302
    path = f"/problems/rises/{found.pk}/confirm/"
    assert inside("unit_leader").post(path, {"title": "x"}).status_code == 403


def test_a_rise_is_said_in_a_sentence_with_what_became_of_earlier_ones() -> None:
    tell([*usual(), *burst()])
    looked(seen(count=9, expected=2.1))
    looked(seen(LAST + timedelta(days=1), AREA[0], chance=1 / 730, expected=0.2),
           day=LAST + timedelta(days=1))  # fmt: skip
    zh, en = (page(inside(), "/problems/", HTTP_ACCEPT_LANGUAGE=lang) for lang in ("zh-hans", "en"))
    assert "近 10 天电动车被盗 9 起，平常约 2 起。" in zh
    assert "平常不到 1 起" in zh
    assert "一年最多误报一次" in zh
    assert "到现在提出过 2 处：0 处经人确认" in zh
    assert "Scooter stolen: 9 around this part of the map in the last 10 days" in en


def test_nothing_to_judge_is_said_kindly() -> None:
    assert "没有异常上升" in page(inside(), "/problems/")
    assert "到现在还没有提出过" in page(inside(), "/problems/")


def test_from_a_rise_to_its_assessment_by_hand() -> None:
    found, client, station = rise(), inside(), body("station_east")
    answer = client.post(
        f"/problems/rises/{found.pk}/confirm/", {"title": "车棚里丢车", "unit": station.pk}
    )
    path = answer["Location"]
    one = Problem.objects.get()
    assert path == f"/problems/{one.pk}/"
    for then in ("note", "advance", "advance"):
        client.post(f"{path}words/", {"words": "看过了", "then": then})
    client.post(f"{path}take-on/")
    intervention = {"code": "sheds", "unit": station.pk, "since": f"{TODAY}", "until": ""}
    assert client.post(f"{path}interventions/", intervention).status_code == 302
    client.post(f"/problems/interventions/{one.interventions.get().pk}/settle/", {"done": "yes"})
    client.post(f"{path}words/", {"words": "棚子修好了", "then": "advance"})
    one.refresh_from_db()
    assert (one.stage, one.owner) == ("assessment", account("analyst"))
    for language in ("zh-hans", "en"):
        told = page(client, path, HTTP_ACCEPT_LANGUAGE=language)
        assert "棚子修好了" in told
    client.post(f"{path}words/", {"words": "没有用", "then": "back"})
    one.refresh_from_db()
    assert one.stage == "response"


@pytest.mark.parametrize("wrong", [
    {"code": "sheds", "unit": "1", "since": ""},
    {"code": "sheds", "unit": "", "since": "2026-06-01"},
    {"code": "sheds", "unit": "1", "since": "soon"},
    {"code": "sheds", "unit": "9" * 30, "since": "2026-06-01"},
])  # fmt: skip
def test_what_is_missing_in_a_form_is_said(wrong: dict[str, str]) -> None:
    made = problem()
    if wrong["unit"] == "1":
        wrong["unit"] = str(made.unit_id)
    answer = inside("unit_leader").post(f"/problems/{made.pk}/interventions/", wrong)
    assert answer.status_code == 422
    assert not made.interventions.exists()


def test_what_is_not_there_is_said() -> None:
    client = inside()
    assert client.get("/problems/9/").status_code == 404
    for path in ("rises/9/dismiss/", "interventions/9/settle/", "9/words/"):
        assert client.post(f"/problems/{path}").status_code == 404


def test_thirty_problems_cost_no_more_questions_than_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    made, client = problem(), inside()
    found = Rise.objects.get()
    for n in range(30):
        found.pk, found.first_day = None, LAST - timedelta(days=n)
        found.save()
        made.pk, made.rise = None, found
        made.save()
    with django_assert_max_num_queries(16):
        page(client, "/problems/")


def test_a_problem_page_is_whole_while_nothing_is_known_yet() -> None:
    made = problem(middle=MIDDLE)
    Problem.objects.update(stage="response")
    with moment(at(TODAY)):
        told = page(inside("unit_leader"), f"/problems/{made.pk}/")
    assert "还没有安排措施" in told
    assert "有了措施，并且开始了，才有前后可比" in told
    assert "没有差不多的地方可以对照" in told
