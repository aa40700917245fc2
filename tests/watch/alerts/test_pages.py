"""The duty officer's page of outside warnings."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.watch.exchange.alerts.models import Heard
from gongzhi.watch.exchange.alerts.polling import receive
from gongzhi.work.prevention.warnings.cap import alert_xml
from tests.watch.alerts.offices import after, source, warned, xml
from tests.work.prevention.warnings.hands import account

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PATH = "/warnings/desk/outside/"


def inside(name: str = "dispatcher") -> Client:
    client = Client()
    client.force_login(account(name))
    return client


def test_one_key_shows_a_proposal_to_residents_as_that_offices(client: Client) -> None:
    receive(source(), xml())
    one = inside()
    assert "大雾黄色预警" in one.get(PATH).content.decode()
    assert "外来预警" in one.get("/warnings/desk/").content.decode()
    one.post(f"{PATH}{Heard.objects.get().pk}/hand-on/")
    shown = client.get("/warnings/").content.decode()
    assert "来自省气象台" in shown
    english = client.get("/warnings/", headers={"accept-language": "en"}).content.decode()
    assert "Its office wrote this one in Chinese only." in english
    assert 'lang="zh-CN"' in english


def test_the_officer_reads_why_one_was_turned_away_and_what_came() -> None:
    receive(source(), xml(expires=None))
    one = inside()
    shown = one.get(PATH).content.decode()
    assert "缺少必需的内容（expires）" in shown
    raw = one.get(f"{PATH}{Heard.objects.get().pk}/as-it-came/")
    assert raw["Content-Type"].startswith("text/plain")
    assert b"<cap:alert" in raw.content


def test_a_grave_one_names_who_may() -> None:
    receive(source(), xml(severity="Extreme"))
    key = Heard.objects.get().pk
    assert f"{PATH}{key}/hand-on/" not in inside().get(PATH).content.decode()
    assert f"{PATH}{key}/hand-on/" in inside("leader").get(PATH).content.decode()
    assert inside().post(f"{PATH}{key}/hand-on/").status_code == 403


def test_an_all_clear_of_what_is_shown_is_previewed() -> None:
    first = warned()
    receive(source(trusted=True), alert_xml(first))
    receive(source(), alert_xml(after(first, "w-2", "Cancel")))
    assert "已解除" in inside().get(PATH).content.decode()


def test_it_asks_as_much_for_many_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    office = source()
    for number in range(12):
        receive(office, xml(f"p-{number}"))
        receive(office, xml(f"b-{number}", expires=None))
    one = inside()
    with django_assert_max_num_queries(9):
        one.get(PATH)


def test_only_those_who_warn_see_it(client: Client) -> None:
    assert inside("caller").get(PATH).status_code == 403
    assert client.get(PATH).status_code == 302
