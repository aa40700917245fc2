"""The pages: who sees which agreement, how one asks and decides there, and what everybody reads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongzhi.watch.exchange.agreements.models import Agreement
from tests.watch.agreements.cast import (
    Program,
    agreed,
    asked,
    contact,
    county,
    in_days,
    requests,
    steward,
)
from tests.work.participation.cast import clerk

pytestmark = [pytest.mark.django_db]


def as_of(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def waits(client: Client) -> dict[str, int]:
    told = client.get("/waiting/").json()["waiting"]
    return {one["key"]: one["many"] for one in told if one["at"] == "/sharing/"}


def test_a_department_asks_two_people_consent_and_it_fetches_its_key() -> None:
    county()
    housing, hotline, keeper = (
        as_of(contact("housing")), as_of(contact("hotline")), as_of(steward())
    )  # fmt: skip
    assert "居民诉求" in page(housing, "/sharing/ask/")
    form = {"purpose": "安排老旧房屋维修的先后", "basis": "《数据安全法》第三十八条",
            "until": in_days(60).isoformat()}  # fmt: skip
    empty = housing.post("/sharing/ask/requests/", form)
    assert empty.status_code == 422
    assert "请勾选要用的" in empty.content.decode()
    made = housing.post("/sharing/ask/requests/", form | {"fields_wanted": ["town"]})
    assert made.status_code == 302
    assert (waits(hotline), waits(keeper)) == ({"sharing": 1}, {"sharing": 1})
    assert waits(housing) == {}
    assert "等您决定" in page(hotline, "/sharing/")
    key = Agreement.objects.get().pk
    told = {"reason": "用途清楚", "verdict": "yes"}
    assert hotline.post(f"/sharing/{key}/decide/owner/", told).status_code == 302
    assert housing.post(f"/sharing/{key}/decide/owner/", told).status_code == 403
    assert hotline.post(f"/sharing/{key}/decide/owner/", {"verdict": "yes"}).status_code == 422
    assert keeper.post(f"/sharing/{key}/decide/steward/", told | {"budget": 5}).status_code == 302
    assert Agreement.objects.get().state == "in_force"
    assert "gz_" in housing.post(f"/sharing/{key}/key/").content.decode()
    assert "领取密钥" not in page(keeper, f"/sharing/{key}/"), "the key is the department's own"
    assert "安排老旧房屋维修的先后" in page(Client(), "/about/data/agreements/")
    assert keeper.post(f"/sharing/{key}/end/", {"why": "做完了"}).status_code == 302
    assert "安排老旧房屋维修的先后" not in page(Client(), "/about/data/agreements/")


def test_an_agreement_is_seen_by_its_sides_alone() -> None:
    made = agreed()
    at = f"/sharing/{made.pk}/"
    for who in (contact("housing"), contact("hotline"), steward()):
        assert made.number in page(as_of(who), at)
    assert as_of(contact("city_management")).get(at).status_code == 404
    assert made.number not in page(as_of(contact("city_management")), "/sharing/")
    assert as_of(clerk("housing")).get(at).status_code == 403


def test_what_was_given_and_refused_is_drawn_and_listed() -> None:
    requests(3)
    program = Program(agreed())
    program.rows()
    program.get("/questions/lamps_and_requests", period="2026-10")
    shown = page(as_of(steward()), f"/sharing/{program.agreement.pk}/")
    assert "六周里给了 1 次、3 行，没有给 1 次。" in shown
    assert "约定里没有这个问题" in shown
    assert "近 30 天给了 3 行，没有给 1 次" in " ".join(
        page(Client(), "/about/data/agreements/").split()
    )


def test_a_request_can_be_taken_back_or_refused_with_a_reason() -> None:
    first, second = asked(), asked()
    housing, hotline = as_of(contact("housing")), as_of(contact("hotline"))
    assert housing.post(f"/sharing/{first.pk}/withdraw/").status_code == 302
    no = {"reason": "不用到每一件", "verdict": "no"}
    assert hotline.post(f"/sharing/{second.pk}/decide/owner/", no).status_code == 302
    assert {one.state for one in Agreement.objects.all()} == {"withdrawn", "refused"}
    assert "不用到每一件" in page(housing, f"/sharing/{second.pk}/")
    assert "现在没有生效的约定" in page(Client(), "/about/data/agreements/")
