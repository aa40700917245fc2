"""The partner's page, the signed link, the desk's row: who sees what, what the buttons do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment
from gongzhi.base.matters.actions import NewParty
from gongzhi.work.linked import actions
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.selectors.requests import link_of
from tests.work.linked.cast import (
    SYSTEM,
    account,
    answer,
    ask,
    body,
    dispatcher,
    fire_desk,
    incident,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
HTMX = {"HX-Request": "true"}
CALLER = NewParty("caller", {"name": "海某某", "phone": "13800000000"})


@pytest.fixture
def partner(client: Client) -> Client:
    client.force_login(fire_desk())
    return client


def desk() -> Client:
    client = Client()
    client.force_login(dispatcher().source)
    return client


def linked() -> tuple[LinkedRequest, str]:
    """A request, and the path of its link."""
    matter = incident("fire", words="张三家着火了", place="海平路 12 号", parties=[CALLER])
    request = ask(matter, words="三楼有人")
    made = actions.make_link(SYSTEM, request)
    return made, link_of(made)


def test_the_partner_sees_what_the_desk_shared_and_nothing_of_the_caller(partner: Client) -> None:
    matter = incident("fire", words="张三家着火了", place="海平路 12 号", parties=[CALLER])
    request = ask(matter, words="三楼有人", offers=["ladder"])
    page = partner.get("/linked/").content.decode()
    for shown in ("火情", "海平路 12 号", "三楼有人", "云梯车", "受理", "无法协助"):
        assert shown in page
    for hidden in ("张三", "13800000000", "海某某", "查看报警人联系方式"):
        assert hidden not in page
    assert partner.post(f"/linked/{request.pk}/contact/").status_code == 403
    assert partner.get(f"/console/incidents/{matter.pk}/").status_code == 403


def test_the_buttons_answer_and_a_late_tap_says_that_nothing_changed(partner: Client) -> None:
    request = ask()
    at = f"/linked/{request.pk}/answer/"
    assert "已受理" in partner.post(at, {"answer": "accepted"}, headers=HTMX).content.decode()
    partner.post(at, {"answer": "done", "words": "火已扑灭"}, headers=HTMX)
    said = partner.post(at, {"answer": "there"}, headers=HTMX).content.decode()
    assert "已经是“已办完”，没有改动" in said
    assert "火已扑灭" not in said.split("这两天办过的")[0]
    refused = partner.post(at, {"answer": "refused"}, headers=HTMX)
    assert refused.status_code == 422
    assert "reason" in refused.headers["HX-Trigger"]
    assert partner.post(at, {"answer": "accepted", "minutes": "soon"}).status_code == 422
    assert partner.post(at, {"answer": "done"}).status_code == 302


def test_another_unit_s_desk_sees_none_of_it(client: Client) -> None:
    request = ask(words="三楼有人")
    client.force_login(account("partner_desk", body("power_company", "department")))
    page = client.get("/linked/").content.decode()
    assert "三楼有人" not in page
    assert "现在没有请求" in page
    assert client.post(f"/linked/{request.pk}/answer/", {"answer": "accepted"}).status_code == 404
    client.force_login(account("officer", body("a")))
    assert client.get("/linked/").status_code == 403


def test_the_contact_opens_where_it_was_ticked(partner: Client) -> None:
    request = ask(incident("fire", parties=[CALLER]), share_contact=True)
    assert "13800000000" not in partner.get("/linked/").content.decode()
    opened = partner.post(f"/linked/{request.pk}/contact/").content.decode()
    assert "13800000000" in opened
    assert "已记录" in opened


def test_a_link_opens_one_request_without_an_account(client: Client) -> None:
    request, path = linked()
    other = ask(incident("fire"), words="别的事")
    response = client.get(path)
    page = response.content.decode()
    assert "三楼有人" in page
    for hidden in ("张三", "13800000000", "别的事"):
        assert hidden not in page
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    client.post(f"{path}answer/", {"answer": "under_way", "minutes": "9"})
    request.refresh_from_db()
    other.refresh_from_db()
    assert (request.state, other.state) == ("under_way", "asked")
    assert request.answers.get().via == "link"
    assert client.post(f"{path}contact/").status_code == 403


def test_a_link_ends_with_its_day_its_successor_and_the_request(client: Client) -> None:
    request, path = linked()
    code = path.strip("/").rpartition("/")[2]
    assert code not in str(LinkedRequest.objects.values().get(pk=request.pk))
    with moment(request.asked_at + timedelta(hours=25)):
        assert client.get(path).status_code == 404
    actions.make_link(SYSTEM, request)
    gone = client.get(path)
    assert gone.status_code == 404
    assert "这个链接打不开" in gone.content.decode()
    _request, path = linked()
    client.post(f"{path}answer/", {"answer": "done"})
    assert "已办完" in client.get(path).content.decode()
    with moment(request.asked_at + timedelta(hours=3)):
        assert client.get(path).status_code == 404


def test_guessing_links_is_throttled(client: Client) -> None:
    answers = [client.get(f"/linked/{'a' * 32}/").status_code for _try in range(301)]
    assert set(answers[:300]) == {404}
    assert answers[-1] == 429


def test_the_desk_asks_with_one_key_and_sees_how_it_stands() -> None:
    client, matter = desk(), incident("fire")
    for code in ("fire_rescue", "power_company"):
        body(code, "department")
    at = f"/console/incidents/{matter.pk}/"
    page = client.get(at, headers=HTMX).content.decode()
    assert "建议请求" in page
    assert 'data-keys="l"' in page
    sent = {"partner": "fire_rescue", "offers": ["engine"]}
    page = client.post(f"{at}ask/", sent, headers=HTMX).content.decode()
    request = LinkedRequest.objects.get()
    assert "等答复" in page
    with moment(request.asked_at + timedelta(minutes=4)):
        page = client.get(at, headers=HTMX).content.decode()
    assert re.search(r"119 消防救援 已 .*未答复，请电话联系", page)
    page = client.post(f"/console/partners/{request.pk}/phone/", headers=HTMX).content.decode()
    assert "已电话告知" in page
    told = {"answer": "refused", "reason": "none_free"}
    page = client.post(f"/console/partners/{request.pk}/answer/", told, headers=HTMX)
    assert "没有空余力量" in page.content.decode()


def test_by_link_the_desk_gets_one_to_send_and_can_take_it_back() -> None:
    client, matter = desk(), incident("fire")
    body("power_company", "department")
    sent = {"partner": "water/pressure", "way": "link", "words": "请加压"}
    page = client.post(f"/console/incidents/{matter.pk}/ask/", sent, headers=HTMX).content.decode()
    first = re.search(r"/linked/[\w-]{32}/", page)
    assert first
    assert Client().get(first[0]).status_code == 200
    request = LinkedRequest.objects.get()
    assert request.offers == ["pressure"]
    client.post(f"/console/partners/{request.pk}/link/", headers=HTMX)
    assert Client().get(first[0]).status_code == 404
    page = client.post(f"/console/partners/{request.pk}/cancel/", headers=HTMX).content.decode()
    assert "已取消" in page
    again = client.post(f"/console/partners/{request.pk}/phone/", headers=HTMX)
    assert again.status_code == 409


@pytest.mark.parametrize("role", ["officer", "partner", "partner_desk", "supervisor"])
def test_who_may_not_ask(client: Client, role: str) -> None:
    request = ask()
    client.force_login(account(role, body("elsewhere", "department")))
    asked = client.post(f"/console/incidents/{request.matter_id}/ask/", {"partner": "ambulance"})
    assert asked.status_code == 403
    for what in ("phone", "answer", "cancel", "link"):
        assert client.post(f"/console/partners/{request.pk}/{what}/").status_code == 403


def test_as_many_queries_for_thirty_requests_as_for_one(
    partner: Client, django_assert_max_num_queries: Any
) -> None:
    def asked_of_all(n: int) -> None:
        for _one in range(n):
            answer(ask(incident("fire"), words="来"), "accepted", words="好")

    asked_of_all(1)
    partner.get("/linked/now/")
    with django_assert_max_num_queries(100) as few:
        partner.get("/linked/now/")
    asked_of_all(29)
    with django_assert_max_num_queries(len(few)):
        partner.get("/linked/now/")
