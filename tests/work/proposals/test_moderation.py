"""A text goes out of view by a published rule only; its author is told and can appeal once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.codes import code_for
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.models import Comment, Removal
from gongzhi.work.proposals.readers import tend_proposals
from tests.work.proposals.hands import RESIDENT, account, officer
from tests.work.proposals.test_proposals import KEY, of, proposed

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RUDE = "你们都是垃圾"


def said(words: str = RUDE, key: str = "c" * 24) -> Comment:
    return actions.comment(RESIDENT, of(proposed()), words, idempotency_key=key)


def removed(comment: Comment) -> Removal:
    return actions.remove_text(officer(), comment, "abuse", "骂人了")


def test_nothing_is_removed_without_a_rule() -> None:
    comment = said()
    for rule in ("", "i_dislike_it"):
        with pytest.raises(Refused, match="规则"):
            actions.remove_text(officer(), comment, rule)
    with pytest.raises(Refused):
        actions.remove_text(RESIDENT, comment, "abuse")
    assert not Removal.objects.exists()


def test_what_is_removed_stands_in_the_public_log_without_its_words(client: Client) -> None:
    comment = said()
    removed(comment)
    page = client.get(f"/proposals/{comment.proposal_id}/").content.decode()
    assert RUDE not in page
    assert "按规则撤下：辱骂、威胁" in page
    log = client.get("/take-part/rules/").content.decode()
    assert RUDE not in log
    assert "辱骂、威胁" in log
    assert "没有申诉" in log
    entry = Entry.objects.get(kind="proposals.text_removed")
    assert "abuse" in entry.text


def test_its_author_is_told_the_rule_and_appeals_once_and_another_decides(client: Client) -> None:
    comment = said("这个局办事太慢")
    removal = removed(comment)
    code = code_for("c" * 24)
    page = client.post("/take-part/own/", {"code": code}).content.decode()
    assert "辱骂、威胁" in page
    assert "骂人了" in page
    client.post("/take-part/own/", {"code": code, "deed": "appeal", "words": "我没有骂人"})
    with pytest.raises(Refused, match="已经申诉过"):
        actions.appeal(RESIDENT, removal, "再来一次")
    with pytest.raises(Refused, match="由别人"):
        actions.decide_appeal(officer(), removal, restored=True, why="看错了")
    other = Client()
    other.force_login(account(of="hotline"))
    assert "我没有骂人" in other.get("/proposals/moderation/").content.decode()
    there = f"/proposals/moderation/appeals/{removal.pk}/"
    other.post(there, {"restored": "yes", "why": "是批评，不是辱骂"})
    page = Client().get(f"/proposals/{comment.proposal_id}/").content.decode()
    assert "这个局办事太慢" in page
    with pytest.raises(Refused, match="处理过"):
        removed(comment)
    mine = client.post("/take-part/own/", {"code": code}).content.decode()
    assert "是批评，不是辱骂" in mine


def test_a_proposal_is_removed_with_its_title_and_photos(client: Client) -> None:
    receipt = proposed()
    actions.remove_text(officer(), of(receipt), "advert")
    for there in ("/proposals/", f"/proposals/{receipt.matter_id}/", "/take-part/"):
        page = client.get(there).content.decode()
        assert "望潮小学" not in page
        assert "放学时车太多" not in page
    with pytest.raises(Refused, match="撤下"):
        actions.support_proposal(RESIDENT, of(receipt), "m")
    told = client.post("/follow/", {"code": code_for(KEY)}, follow=True).content.decode()
    assert "广告、骗人的链接" in told
    client.post("/proposals/appeal/", {"words": "这不是广告"})
    assert Removal.objects.get().waits


def test_who_finds_something_wrong_asks_that_somebody_look(client: Client) -> None:
    comment = said("我也支持")
    client.post(f"/proposals/flag/comment/{comment.pk}/")
    assert client.post("/proposals/flag/person/1/").status_code == 404
    looks = Client()
    looks.force_login(account())
    assert "我也支持" in looks.get("/proposals/moderation/").content.decode()
    looks.post(f"/proposals/moderation/comment/{comment.pk}/", {"deed": "leave"})
    assert "我也支持" not in looks.get("/proposals/moderation/").content.decode()
    assert not Removal.objects.exists()


def test_an_official_answer_is_not_removed() -> None:
    answer = actions.answer_officially(officer(), of(proposed()), "我们在看", key="o" * 24)
    with pytest.raises(Refused, match="正式答复"):
        removed(answer)


def test_the_words_of_what_stayed_out_are_erased_after_the_time_to_appeal() -> None:
    removed(said())
    assert tend_proposals() == 0
    with moment(now() + timedelta(days=31)):
        assert tend_proposals() == 1
        assert Comment.objects.get().words == ""
        assert tend_proposals() == 0
