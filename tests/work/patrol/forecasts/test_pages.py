"""The page of forecasts and the public one: who may, what they say, and what they never tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment
from gongzhi.work.patrol.forecasts.models import Judgement
from tests.work.patrol.forecasts.hands import SPOTS, foreseen, judged, unjudged, verdict
from tests.work.prevention.problems.hands import LAST, TODAY, account, at, matter, tell

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)
EN = {"headers": {"accept-language": "en"}}


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """At nine, the second shift goes on."""
    with moment(at(TODAY, 9)):
        yield


def inside(role: str = "commander") -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def page(client: Client, path: str, **more: Any) -> str:
    answer = client.get(path, **more)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_who_may_see_it() -> None:
    judged()
    for role in ("commander", "planner", "analyst", "bureau_leader"):
        page(inside(role), "/forecasts/")
    for role in ("call_taker", "officer", "case_officer"):
        assert inside(role).get("/forecasts/").status_code == 403
    assert Client().get("/forecasts/").status_code == 302
    page(Client(), "/about/forecasts/")


def test_each_kind_says_what_is_used_and_why() -> None:
    foreseen(judged())
    zh, en = (plain(page(inside(), "/forecasts/", headers={"accept-language": one}))
              for one in ("zh-hans", "en"))  # fmt: skip
    assert "采用组合模型。在它没见过的 5 周里，它的误差比每一个简单办法都小" in zh
    assert "小 1.2%（把握 95%：小 0.6% 到 2.0%）" in zh
    assert "用简单办法：密度图。在没见过的 5 周里，最好的模型（组合模型）没有稳稳胜过" in zh
    assert "误差相差 -0.1%（把握 95%：-0.4% 到 +0.3%）" in zh
    assert "数据太少，还不预测： 抢劫、抢夺（12 起）" in zh
    assert "Model used: combined. In 5 weeks" in en
    assert "did not surely beat every simple way" in en


def test_a_model_that_did_worse_is_not_called_a_matter_of_luck() -> None:
    worse = verdict(skill=-0.004, skill_low=-0.007, skill_high=-0.001)
    foreseen(judged(categories={"theft": worse}), "theft")
    assert "误差反而大 0.4%。" in plain(page(inside(), "/forecasts/"))


def test_what_was_foreseen_stands_beside_what_came() -> None:
    judgement = judged()
    foreseen(judgement, since=TODAY - 7 * DAY, days=14)
    tell([matter(LAST, SPOTS[0], category="medical", opened_at=at(LAST, 17)) for _ in range(3)])
    tell([matter(LAST, SPOTS[0], category="medical", channel="patrol", opened_at=at(LAST, 18))])
    told = plain(page(inside(), f"/forecasts/told/?category=medical&at={LAST:%Y-%m-%d}.2"))
    assert "实际来了 3 起" in told  # and not what a patrol came upon
    assert "其中 3 起在排得最前的十分之一网格里" in told
    now_on = plain(page(inside(), "/forecasts/told/?category=medical"))
    assert "8:00–16:00" in now_on
    assert "实际" not in now_on


def test_a_shift_that_goes_on_is_not_told_as_over() -> None:
    foreseen(judged())
    tell([matter(TODAY, SPOTS[0], category="medical", opened_at=at(TODAY, 8.5))])
    assert "实际来了" not in plain(page(inside(), f"/forecasts/told/?at={TODAY:%Y-%m-%d}.1"))
    assert "实际来了 0 起" in plain(page(inside(), f"/forecasts/told/?at={TODAY:%Y-%m-%d}.0"))


def test_nothing_on_the_page_tells_what_came_in_a_cell() -> None:
    judgement = judged()
    foreseen(judgement, since=TODAY - 7 * DAY, days=14)
    before = page(inside(), "/forecasts/")
    tell([matter(LAST - DAY, one, category="medical", opened_at=at(LAST - DAY, 17))
          for one in SPOTS[3:7]])  # fmt: skip
    after = page(inside(), "/forecasts/")
    cells = [json.loads(re.search(r'id="forecast-drawn"[^>]*>(.*?)</script>', text).group(1))  # type: ignore[union-attr]
             for text in (before, after)]  # fmt: skip
    assert cells[0] == cells[1]
    assert len(cells[0]["cells"]) == len(SPOTS)


def test_odd_questions_get_the_usual_answer() -> None:
    foreseen(judged())
    for asked in (
        "category=suspicious",
        "category=",
        "at=2026-13-45.9",
        "at=<b>",
        "category=robbery",
    ):
        text = page(inside(), f"/forecasts/?{asked}")
        assert '<option value="medical" selected>' in text
        assert "<b>at" not in text
        page(inside(), f"/forecasts/told/?{asked}")


def test_only_listed_kinds_are_offered_and_harm_comes_first() -> None:
    text = page(inside(), "/forecasts/")
    assert "还没有算过" in text
    foreseen(judged())
    offered = re.findall(r'<option value="([a-z_]+)"', page(inside(), "/forecasts/"))
    assert offered == ["medical", "theft", "calls_for_service"]


def test_too_little_is_said_kindly() -> None:
    judged(categories={"robbery": unjudged()})
    assert "还不能预测" in page(inside(), "/forecasts/")
    Judgement.objects.all().delete()
    judged(categories={}, why_code="few_days", why_facts={"days": 20, "least": 84})
    assert "20 个整天太少：至少要 84 天" in page(inside(), "/forecasts/")
    assert "20 whole days are too few" in page(Client(), "/about/forecasts/", **EN)


def test_audits_say_who_is_foreseen_too_much_and_whether_presence_feeds_itself() -> None:
    fair = {"area": "north", "calls": 3, "seen": 0.1, "low": 0.05, "high": 0.2, "foretold": 0.31,
            "first": 0.4, "over": True, "under": False}  # fmt: skip
    other = {**fair, "area": "south", "calls": 90, "foretold": 0.5, "seen": 0.6, "low": 0.4,
             "high": 0.7, "over": False}  # fmt: skip
    fed = {"told": "more", "calls": 200, "weeks": 80, "ratio": 1.6, "low": 1.2, "high": 2.1}
    audit = {"categories": ["medical"], "areas": [fair, other], "feedback": fed, "presence": 9}
    judgement = judged(audit=audit)
    foreseen(judgement)
    text, public = plain(page(inside(), "/forecasts/")), plain(page(Client(), "/about/forecasts/"))
    for one in (text, public):
        assert "多得不像碰巧" in one
        assert "1.20 到 2.10 倍" in one
    assert "少于 5" in text  # no small count of an area
    assert "排除了 23 件" in text
    assert "少于 5" not in public


def test_the_public_page_tells_no_place_day_or_count_of_calls() -> None:
    judgement = judged()
    foreseen(judgement)
    text = page(Client(), "/about/forecasts/")
    assert "forecast-drawn" not in text
    assert not re.search(r"8[0-9a-f]{14}", text)
    assert "投诉、信访、建议、集会、讨薪，从来不是风险" in text
    assert "预测是怎么算的" in page(Client(), "/report/")  # from every public page


def test_it_asks_as_little_for_many_days_as_for_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    judgement, client = judged(), inside()
    foreseen(judgement, since=TODAY - 28 * DAY, days=35)
    tell([matter(LAST - n * DAY, category="medical") for n in range(28)])
    page(client, "/forecasts/")
    with django_assert_max_num_queries(24):
        page(client, "/forecasts/")
