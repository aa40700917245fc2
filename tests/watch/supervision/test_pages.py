"""The board and one finding, as those who answer and those who oversee see them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongzhi.base.people.models import Account
from gongzhi.watch.supervision.models import Finding
from tests.markup import tight
from tests.watch.supervision.cast import a_finding, incident, somebody, unit, watch

pytestmark = pytest.mark.django_db


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_finding_goes_from_the_board_to_its_end_on_the_pages() -> None:
    one = a_finding()
    head = browser(somebody("head", "unit_leader", one.answerer))
    chief = browser(somebody("overseer", "supervisor", unit("supervision", "department")))
    assert "警情没有派警" in said(head, "/supervision/")
    page = f"/supervision/{one.pk}/"
    assert "立件" in said(head, page)
    assert head.post(f"{page}accept/").status_code == 403
    assert head.post(f"{page}answer/", {"words": "已经补派"}).status_code == 302
    assert "已经补派" in said(chief, page)
    assert chief.post(f"{page}send-back/", {"words": ""}).status_code == 422
    assert chief.post(f"{page}accept/").status_code == 302
    assert Finding.objects.get(pk=one.pk).state == "accepted"


def test_another_unit_sees_neither_the_finding_nor_its_number() -> None:
    one = a_finding()
    stranger = browser(somebody("stranger", "unit_leader", unit("xihe")))
    assert one.number not in said(stranger, "/supervision/")
    assert stranger.get(f"/supervision/{one.pk}/").status_code == 403


def test_the_board_is_narrowed_by_unit_rule_and_severity() -> None:
    one = a_finding()
    chief = browser(somebody("overseer", "supervisor", unit("supervision", "department")))
    for query, there in (
        (f"unit={one.unit_id}", True), ("unit=999", False), ("unit=x", False),
        (f"rule={one.rule}", True), ("rule=other", False),
        (f"severity={one.severity}", True), ("severity=grave", False),
    ):  # fmt: skip
        page = said(chief, f"/supervision/?{query}")
        assert (f"/supervision/{one.pk}/" in page) is there, query


def test_the_trend_says_its_numbers_to_who_cannot_see_it() -> None:
    a_finding()
    chief = browser(somebody("overseer", "supervisor", unit("supervision", "department")))
    page = said(chief, "/supervision/")
    label = re.search(r'<svg class="supervision-trend"[^>]*aria-label="([^"]*)"', tight(page))
    assert label
    numbers = [int(one.split()[-1]) for one in label[1].partition(": ")[2].split(", ")]
    assert len(numbers) == 12
    assert sum(numbers) == Finding.objects.count()


def test_the_board_asks_as_much_for_thirty_as_for_one(
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    one = a_finding()
    chief = browser(somebody("overseer", "supervisor", unit("supervision", "department")))
    for _ in range(12):
        incident(one.happened_at)
    watch()
    assert Finding.objects.count() > 10
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        said(chief, "/supervision/")
