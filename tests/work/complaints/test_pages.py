"""The complainant's pages and the inspector's, as they are asked for."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment, now
from gongzhi.work.cases.actions import add_party, give_receipt
from gongzhi.work.complaints import actions
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages import kept
from tests.markup import tight
from tests.work.cases import hands as cases
from tests.work.complaints.hands import (
    KEY,
    NAME,
    NUMBER,
    RESIDENT,
    TOLD,
    WISH,
    WORDS,
    account,
    complaint,
    county,
    decided,
    receipt_of,
    unit,
)
from tests.work.participation.cast import KEY as LAMP
from tests.work.participation.cast import lamp, photo

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SENT = {
    "words": WORDS, "unit": "lancheng", "wish": WISH, "number": NUMBER, "name": NAME,
    "going_on": "no", "what": "manner", "idempotency_key": KEY,
}  # fmt: skip


def following(client: Client, code: str) -> str:
    """What the follow page says to whoever enters this code."""
    return client.post("/follow/", {"code": code}, follow=True).content.decode()


def inside(name: str = "inspector") -> Client:
    client = Client()
    client.force_login(account(name))
    return client


def test_a_resident_complains_without_an_account_and_gets_a_code(client: Client) -> None:
    county()
    assert "投诉民警" in client.get("/").content.decode()
    page = client.post("/complain/", SENT, follow=True).content.decode()
    code = code_for(KEY)
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in page
    assert "澜城派出所看不到这件投诉" in page
    assert "有人接手" in page
    assert "本县服务承诺" in page
    assert "《信访工作条例》" in page
    made = Complaint.objects.get()
    assert (made.unit, made.wish, made.matter.narrative.words) == (unit("lancheng"), WISH, WORDS)
    assert WORDS in following(Client(), code)


def test_words_alone_are_enough(client: Client) -> None:
    county()
    client.post("/complain/", {"words": WORDS, "idempotency_key": KEY})
    made = Complaint.objects.get()
    assert made.unit is None
    assert not made.matter.parties.exists()


def test_the_same_form_sent_twice_is_one_complaint(client: Client) -> None:
    county()
    for _once in range(2):
        assert client.post("/complain/", SENT).status_code == 302
    assert Complaint.objects.count() == 1
    other = client.post("/complain/", {**SENT, "words": "别的事"})
    assert other.status_code == 422
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "请写几句发生了什么"),
        ({"words": "骂" * 4001}, "请精简一些"),
        ({"unit": "nowhere"}, "没有这个单位"),
        ({"unit": "bureau"}, "没有这个单位"),
        ({"number": "0" * 21}, "请精简一些"),
        ({"phone": "没有"}, "这不像电话号码"),
        ({"code": "ABCD-EFGH-JKMN"}, "没有找到这个查询码"),
        ({"with_followed": "on"}, "已经过期退出"),
        ({"what": "everything"}, ""),
        ({"idempotency_key": "short"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client: Client, wrong: dict[str, str], said: str
) -> None:
    county()
    answer = client.post("/complain/", {**SENT, **wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert re.search(r'class="notice" data-tone="bad"', page)
    assert not Complaint.objects.exists()
    assert not Receipt.objects.exists()


def test_a_byte_that_no_text_has_is_refused_before_the_form(client: Client) -> None:
    county()
    assert client.post("/complain/", {**SENT, "words": "骂\x00人"}).status_code == 400
    assert not Complaint.objects.exists()


def test_whoever_follows_a_case_is_offered_to_complain_of_its_unit(client: Client) -> None:
    county()
    case = cases.filed()
    by = cases.by("lead")
    code = give_receipt(by, case, add_party(by, case, "victim", {"name": NAME}))
    assert "/complain/?about=followed" in following(client, code)
    form = client.get("/complain/?about=followed").content.decode()
    assert re.search(r'<option value="lancheng" selected', form)
    assert re.search(r'name="with_followed"[^>]*checked', form)
    client.post("/complain/", {**SENT, "with_followed": "on"})
    assert Complaint.objects.get().about == case.matter
    assert "TS2" not in following(Client(), code), "the case's page says nothing of it"


def test_a_code_that_was_replaced_opens_nothing(client: Client) -> None:
    county()
    case, by = cases.filed(), cases.by("lead")
    party = add_party(by, case, "victim", {"name": NAME})
    old, new = give_receipt(by, case, party), give_receipt(by, case, party)
    assert client.post("/complain/", {**SENT, "code": old}).status_code == 422
    assert client.post("/complain/", {**SENT, "code": new}).status_code == 302


def test_the_cookie_of_a_complaint_offers_no_complaint_about_it(client: Client) -> None:
    complaint()
    following(client, code_for(KEY))
    assert kept.KEPT.cookie in client.cookies
    assert "with_followed" not in client.get("/complain/").content.decode()


def test_the_inspector_takes_it_up_and_the_complainant_reads_the_answer(client: Client) -> None:
    one, desk = complaint(), inside()
    listed = desk.get("/complaints/").content.decode()
    assert str(one) in listed
    page = desk.get(f"/complaints/{one.pk}/").content.decode()
    assert WORDS in page
    assert NUMBER not in page
    for code in ("taken_up", "accepted", "inquiry"):
        assert desk.post(f"/complaints/{one.pk}/step/{code}/").status_code == 302
    refused = desk.post(f"/complaints/{one.pk}/step/decided/", {"finding": "upheld"})
    assert refused.status_code == 409
    told = {"finding": "upheld", **TOLD}
    desk.post(f"/complaints/{one.pk}/step/decided/", told, headers={"HX-Request": "true"})
    seen = following(client, code_for(KEY))
    assert TOLD["told"] in seen
    assert "投诉属实" in seen
    assert "申请复核" in seen
    client.post("/complain/review/", {"words": "录像没有看全"})
    assert "复核中" in following(client, code_for(KEY))


def test_a_complainant_withdraws_and_has_it_erased(client: Client) -> None:
    complaint()
    following(client, code_for(KEY))
    assert client.post("/complain/erase/").status_code == 409
    client.post("/complain/withdraw/")
    client.post("/complain/erase/")
    seen = following(client, code_for(KEY))
    assert WORDS not in seen
    assert "您撤回了这件投诉" in seen


def test_without_a_code_nothing_can_be_done(client: Client) -> None:
    complaint()
    for deed in ("withdraw", "review", "erase"):
        assert client.post(f"/complain/{deed}/").headers["location"] == "/follow/"


def test_the_code_of_another_matter_changes_no_complaint(client: Client) -> None:
    lamp()
    following(client, code_for(LAMP))
    assert client.post("/complain/withdraw/").status_code == 409


@pytest.mark.parametrize("name", ["chief", "officer"])
def test_others_open_neither_list_nor_complaint(name: str) -> None:
    one, desk = complaint(), inside(name)
    for path in ("/complaints/", f"/complaints/{one.pk}/", "/complaints/98765/"):
        assert desk.get(path).status_code == 403


def test_the_leadership_reads_and_leaves_the_steps_to_the_inspectorate() -> None:
    one, desk = complaint(), inside("head")
    page = desk.get(f"/complaints/{one.pk}/").content.decode()
    assert WORDS in page
    assert "/step/" not in page
    assert "查看用途" not in page
    assert desk.post(f"/complaints/{one.pk}/step/taken_up/").status_code == 403


def test_the_unit_is_named_and_the_complaint_passed_on_from_its_page() -> None:
    one, desk = complaint(of=""), inside()
    assert desk.post(f"/complaints/{one.pk}/unit/", {"unit": "nowhere"}).status_code == 422
    desk.post(f"/complaints/{one.pk}/unit/", {"unit": "wangchao"})
    assert Complaint.objects.get().unit == unit("wangchao")
    assert desk.post(f"/complaints/{one.pk}/pass/", {"unit": "wangchao"}).status_code == 422
    desk.post(f"/complaints/{one.pk}/pass/", {"unit": "bureau"})
    assert Complaint.objects.get().matter.owner_unit == unit("bureau")


def test_named_as_the_inspectors_own_it_leads_back_to_the_list() -> None:
    one, desk = complaint(of=""), inside()
    answer = desk.post(f"/complaints/{one.pk}/unit/", {"unit": "supervision"})
    assert answer.headers["location"] == "/complaints/"
    assert desk.get(f"/complaints/{one.pk}/").status_code == 404


def test_what_is_late_stands_first_and_is_counted() -> None:
    with moment(now()):
        fresh = complaint("f" * 24)
    with moment(now() - timedelta(days=30)):
        late = complaint("l" * 24)
    page = inside().get("/complaints/").content.decode()
    assert page.index(str(late)) < page.index(str(fresh))
    assert re.search(r"data-late>1<", tight(page))
    only = inside().get("/complaints/?show=late").content.decode()
    assert str(late) in only
    assert str(fresh) not in only


def test_a_long_list_costs_no_more_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    complaint()
    desk = inside()
    with django_assert_max_num_queries(14):
        desk.get("/complaints/")
    for n in range(20):
        complaint(f"{n:024d}")
    with django_assert_max_num_queries(14):
        desk.get("/complaints/")


def test_a_closed_one_is_read_and_reviewed_still(client: Client) -> None:
    one = decided(complaint())
    desk = inside()
    desk.post(f"/complaints/{one.pk}/step/closed/")
    assert str(one) in desk.get("/complaints/?show=closed").content.decode()
    assert str(one) not in desk.get("/complaints/").content.decode()
    told: Any = actions.ask_review(RESIDENT, receipt_of(one), "录像没有看全")
    assert told.closed_at is None


def test_photos_come_along_are_seen_by_both_sides_and_erased(client: Client) -> None:
    county()
    client.post("/complain/", {**SENT, "photos": [photo(), photo("b.jpg")]})
    one = Complaint.objects.get()
    files = [f"/files/{each.file_id}/" for each in one.matter.attachments.all()]
    assert len(files) == 2
    assert all(path in following(client, code_for(KEY)) for path in files)
    assert client.get(files[0]).status_code == 200
    assert inside().get(files[0]).status_code == 200
    for stranger in (Client(), inside("chief"), inside("officer")):
        assert stranger.get(files[0]).status_code in (403, 404)
    client.post("/complain/withdraw/")
    client.post("/complain/erase/")
    assert not one.matter.attachments.exists()
    assert client.get(files[0]).status_code in (404, 410)


def test_five_photos_are_too_many(client: Client) -> None:
    county()
    sent = {**SENT, "photos": [photo(f"{n}.jpg") for n in range(5)]}
    answer = client.post("/complain/", sent)
    assert answer.status_code == 422
    assert "最多放 4 张照片" in answer.content.decode()
    assert not Complaint.objects.exists()
