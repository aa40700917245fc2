"""A proposal's way from the first support to what was promised, as those who take part see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import erase_told
from gongzhi.base.reach.marks import mark_of
from gongzhi.base.reach.models import Proof
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Receipt
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.actions.proposing import NewProposal
from gongzhi.work.proposals.models import Comment, Proposal, Support
from gongzhi.work.proposals.readers import follow_erasing, tend_proposals
from gongzhi.work.proposals.states import LAPSES_AFTER, NEEDED
from tests.markup import tight
from tests.work.participation.cast import photo
from tests.work.proposals.hands import RESIDENT, SYSTEM, account, officer, unit

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
KEY = "proposal-key-of-24-letters"
COST = {"cost_amount": "8 万元，县财政", "cost_time": "四个月", "cost_can": "做得到"}
DECIDED = {"decided_body": "县政府常务会议，11 月 20 日", "decided_why": "放学时车多"}


def proposed(key: str = KEY, **more: Any) -> Receipt:
    unit()
    told = {"title": "望潮小学门口装红绿灯", "words": "放学时车太多。", **more}
    return actions.propose(RESIDENT, NewProposal(**told), idempotency_key=key)


def of(receipt: Receipt) -> Proposal:
    return Proposal.objects.select_related("matter").get(pk=receipt.matter_id)


def supported(proposal: Proposal, missing: int = 0) -> Proposal:
    """Enough do; the last one by the action itself."""
    Proposal.objects.filter(pk=proposal.pk).update(supported=NEEDED - 1 - missing)
    mark = mark_of(f"proposal-{proposal.pk}", "sms", "13800000001")
    actions.support_proposal(RESIDENT, proposal, mark)
    return Proposal.objects.select_related("matter").get(pk=proposal.pk)


def department() -> Actor:
    return Actor.account(account("partner", "transport"))


def delivering() -> Proposal:
    proposal = supported(of(proposed()))
    actions.ask_costing(officer(), proposal, unit("transport"))
    actions.lead_proposal(department(), proposal, "costed", elements=COST)
    actions.lead_proposal(officer(), proposal, "adopted", elements=DECIDED)
    actions.lead_proposal(department(), proposal, "delivering")
    return Proposal.objects.select_related("matter").get(pk=proposal.pk)


def test_with_enough_support_it_is_discussed_by_itself() -> None:
    proposal = supported(of(proposed()), missing=1)
    assert proposal.matter.step == "collecting"
    actions.support_proposal(RESIDENT, proposal, "the last one")
    assert of(Receipt.objects.get()).matter.step == "discussing"


def test_one_phone_supports_once() -> None:
    proposal = of(proposed())
    actions.support_proposal(RESIDENT, proposal, "m" * 64)
    with pytest.raises(Refused, match="附议过"):
        actions.support_proposal(RESIDENT, proposal, "m" * 64)
    assert Proposal.objects.get().supported == 1


def test_who_supported_is_forgotten_when_it_is_costed() -> None:
    proposal = supported(of(proposed()))
    assert Support.objects.count() == 1
    actions.ask_costing(officer(), proposal, unit("transport"))
    assert not Support.objects.exists()
    assert Proposal.objects.get().supported == NEEDED


def test_it_goes_all_the_way_and_each_promise_is_said_to_be_kept_or_not(client: Client) -> None:
    proposal = delivering()
    today = timezone.localdate()
    given = actions.promise(department(), proposal, "装好红绿灯", today + timedelta(days=3))
    with pytest.raises(Refused, match="一条一条"):
        actions.lead_proposal(
            department(), proposal, "delivered", elements={"delivered_told": "好了"}
        )
    with moment(now() + timedelta(days=5)):
        assert tend_proposals() == 1
        page = client.get(f"/proposals/{proposal.pk}/").content.decode()
        assert "日子过了，还没做到：装好红绿灯" in page
        assert "晚了 2 天" in page
        actions.end_promise(department(), given, kept=True, told="12 月装好了")
        told = {"delivered_told": "红绿灯亮了"}
        actions.lead_proposal(department(), proposal, "delivered", elements=told)
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    for said in ("8 万元", "县政府常务会议", "放学时车多", "12 月装好了", "红绿灯亮了", "做到了"):
        assert said in page


def test_a_no_needs_who_decided_and_why() -> None:
    proposal = supported(of(proposed()))
    with pytest.raises(Refused):
        actions.lead_proposal(officer(), proposal, "rejected", elements={"decided_why": "贵"})
    actions.lead_proposal(officer(), proposal, "rejected", elements=DECIDED)
    assert of(Receipt.objects.get()).matter.closed_at is not None


def test_only_the_department_that_has_it_costs_and_delivers_it() -> None:
    proposal = supported(of(proposed()))
    actions.ask_costing(officer(), proposal, unit("transport"))
    other = Actor.account(account("partner", "housing"))
    with pytest.raises(Refused):
        actions.lead_proposal(other, proposal, "costed", elements=COST)
    with pytest.raises(Refused):
        actions.promise(other, proposal, "明天就好", timezone.localdate())
    with pytest.raises(Refused):
        actions.lead_proposal(RESIDENT, proposal, "costed", elements=COST)


def test_a_vote_on_it_is_planned_with_its_step() -> None:
    proposal = supported(of(proposed()))
    actions.ask_costing(officer(), proposal, unit("transport"))
    actions.lead_proposal(department(), proposal, "costed", elements=COST)
    vote = actions.put_to_vote(officer(), proposal, now(), now() + timedelta(days=3))
    found = Proposal.objects.select_related("matter").get()
    assert (found.vote, found.matter.step) == (vote, "voting")
    assert "望潮小学" in vote.question


def test_what_too_few_support_is_set_aside() -> None:
    proposal = of(proposed())
    assert tend_proposals() == 0
    with moment(now() + timedelta(days=LAPSES_AFTER + 1)):
        assert tend_proposals() == 1
    assert of(Receipt.objects.get()).matter.step == "lapsed"
    with pytest.raises(Refused, match="附议的时候"):
        actions.support_proposal(RESIDENT, proposal, "late")


def test_numbers_and_links_are_out_before_anybody_reads_them(client: Client) -> None:
    receipt = proposed(words="打 13812345678 问老板，详见 https://spam.example/x 和 a.com/b")
    actions.comment(RESIDENT, of(receipt), "我的电话 13987654321", idempotency_key="c" * 24)
    page = client.get(f"/proposals/{receipt.matter_id}/").content.decode()
    for bad in ("13812345678", "13987654321", "spam.example", "a.com"):
        assert bad not in page
    assert "已隐去" in page


def test_a_resident_proposes_without_an_account_and_follows_by_code(client: Client) -> None:
    unit()
    form = {"title": "修一条步道", "words": "海边没有路。", "idempotency_key": KEY}
    sent = client.post("/proposals/new/", {**form, "photos": photo()}, follow=True)
    page = sent.content.decode()
    assert "提出来了" in page
    assert Proposal.objects.get().title == "修一条步道"
    again = client.post("/proposals/new/", form, follow=True).content.decode()
    assert "提出来了" in again
    assert Proposal.objects.count() == 1
    image = Proposal.objects.get().matter.attachments.get().file_id
    assert Client().get(f"/files/{image}/").status_code == 200
    client.post("/proposals/withdraw/")
    assert Proposal.objects.get().matter.step == "withdrawn"
    client.post("/proposals/erase/")
    page = Client().get(f"/proposals/{Proposal.objects.get().pk}/").content.decode()
    assert "修一条步道" not in page
    assert "海边没有路" not in page


def test_what_is_missing_is_said_at_its_field(client: Client) -> None:
    unit()
    sent = client.post("/proposals/new/", {"title": "", "words": "", "idempotency_key": KEY})
    assert sent.status_code == 422
    assert "请用一句话写建议做什么" in sent.content.decode()


def test_a_neighbour_supports_with_a_code_by_text_message(client: Client) -> None:
    receipt = proposed()
    there = f"/proposals/{receipt.matter_id}/support/"
    assert client.post(there, {"address": "123"}).status_code == 422
    page = client.post(there, {"address": "13812345678"}).content.decode()
    proof = Proof.objects.get()
    assert proof.key in page
    wrong = client.post(there, {"address": "13812345678", "proof": proof.key, "code": "x"})
    assert wrong.status_code == 422
    told = {"address": "13812345678", "proof": proof.key, "code": proof.code}
    done = client.post(there, told, follow=True).content.decode()
    assert "附议了" in done
    assert Proposal.objects.get().supported == 1


def test_who_says_something_gets_a_code_and_can_erase_it(client: Client) -> None:
    receipt = proposed()
    there = f"/proposals/{receipt.matter_id}/say/"
    assert client.post(there, {"words": "", "idempotency_key": "c" * 24}).status_code == 422
    told = {"words": "我每天从这里过", "idempotency_key": "c" * 24}
    page = client.post(there, told).content.decode()
    assert "我每天从这里过" in page
    code = code_for("c" * 24)
    assert "我每天从这里过" in client.post("/take-part/own/", {"code": code}).content.decode()
    client.post("/take-part/own/", {"code": code, "deed": "erase"})
    assert not Comment.objects.exists()
    assert client.post("/take-part/own/", {"code": code}).status_code == 404


def test_an_official_answer_is_marked_as_such(client: Client) -> None:
    receipt = proposed()
    actions.answer_officially(officer(), of(receipt), "我们在看。", key="o" * 24)
    page = tight(client.get(f"/proposals/{receipt.matter_id}/").content.decode())
    assert "单位答复" in page
    with pytest.raises(Refused):
        actions.answer_officially(RESIDENT, of(receipt), "我是局长", key="p" * 24)


def test_erasing_the_matter_erases_its_title_and_what_was_said(client: Client) -> None:
    receipt = proposed()
    actions.comment(RESIDENT, of(receipt), "我也要", idempotency_key="c" * 24)
    actions.withdraw_proposal(RESIDENT, receipt)
    erase_told(SYSTEM, of(receipt).matter, reason="asked")
    for entry in Entry.objects.order_by("seq"):
        follow_erasing(entry)
    assert Proposal.objects.get().title == ""
    assert not Comment.objects.exists()


def test_as_many_queries_for_thirty_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = proposed()
    actions.comment(RESIDENT, of(first), "一", idempotency_key="c" * 24)
    with django_assert_max_num_queries(60) as one:
        client.get("/proposals/")
        client.get(f"/proposals/{first.matter_id}/")
        client.get("/take-part/")
    for number in range(29):
        proposed(f"{KEY}-{number}")
        actions.comment(RESIDENT, of(first), f"{number}", idempotency_key=f"{number:024}")
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get("/proposals/")
        client.get(f"/proposals/{first.matter_id}/")
        client.get("/take-part/")


def test_staff_lead_it_by_their_pages() -> None:
    receipt = proposed()
    supported(of(receipt))
    leads, costs = Client(), Client()
    leads.force_login(account())
    costs.force_login(account("partner", "transport"))
    there = f"/proposals/desk/{receipt.matter_id}/"
    assert "望潮小学" in leads.get("/proposals/desk/").content.decode()
    assert "望潮小学" not in costs.get("/proposals/desk/").content.decode()
    assert leads.post(f"{there}costing/", {"unit": "nowhere"}).status_code == 422
    leads.post(f"{there}costing/", {"unit": "transport"})
    assert "望潮小学" in costs.get("/proposals/desk/").content.decode()
    costs.post(f"{there}step/costed/", COST)
    assert "交给居民投票" in leads.get(there).content.decode()
    leads.post(f"{there}step/adopted/", DECIDED)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    costs.post(f"{there}promise/", {"words": "划线", "due_on": day})
    costs.post(f"{there}step/delivering/")
    costs.post(f"{there}progress/", {"words": "开工了", "photos": photo()})
    given = of(receipt).promises.get()
    costs.post(f"{there}promise/{given.pk}/", {"kept": "no", "told": "下雨耽误了"})
    costs.post(f"{there}answer/", {"words": "谢谢大家"})
    page = Client().get(f"/proposals/{receipt.matter_id}/").content.decode()
    for said in ("划线", "开工了", "下雨耽误了", "没做到", "谢谢大家"):
        assert said in page
    nobody = Client()
    nobody.force_login(account("analyst", "transport"))
    assert nobody.get(there).status_code == 403
