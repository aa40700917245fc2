"""Somebody without a phone votes at a counter: once, by a paper, and nobody sees what."""

from __future__ import annotations

import json
from base64 import b64encode

import pytest
from django.test import Client

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import actions
from gongzhi.work.proposals.ballots import Ballot
from gongzhi.work.proposals.keys import rights_key
from gongzhi.work.proposals.models import Vote
from gongzhi.work.proposals.rights import right_for
from tests.work.proposals.hands import RESIDENT, SYSTEM, account, drawn, ended, opened, voted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAPER, OTHER = "330921195001010017", "E12345678"


def clerk() -> Actor:
    return Actor.account(account("counter_clerk"))


def voted_at_counter(vote: Vote, number: str, choice: str = "a") -> Ballot:
    right = actions.give_right(clerk(), vote, number)
    one = drawn(vote, choice)
    signed = actions.sign_for_right(RESIDENT, vote, right=right, blinded=one.blinded.sent)
    ballot = one.signed(signed)
    actions.cast_ballot(RESIDENT, vote, ballot)
    return ballot


def test_a_paper_is_worth_one_ballot_however_often_it_is_shown() -> None:
    vote = opened()
    voted_at_counter(vote, PAPER)
    again = actions.give_right(clerk(), vote, f" {PAPER[:6]} {PAPER[6:]} ")
    with pytest.raises(Refused, match="一人一票"):
        actions.sign_for_right(RESIDENT, vote, right=again, blinded=drawn(vote, "b").blinded.sent)
    voted_at_counter(vote, OTHER, "b")
    assert Entry.objects.filter(kind="proposals.ballot_signed").count() == 2


def test_a_lost_answer_is_given_again() -> None:
    vote = opened()
    right = actions.give_right(clerk(), vote, PAPER)
    one = drawn(vote)
    answers = {
        actions.sign_for_right(RESIDENT, vote, right=told, blinded=one.blinded.sent)
        for told in (right, right.lower().replace("-", " "))
    }
    assert len(answers) == 1


def test_how_many_ballots_went_over_counters_is_published() -> None:
    vote = opened()
    for number in range(5):
        voted(vote, f"1380000000{number}")
    voted_at_counter(vote, PAPER)
    with moment(ended(vote)):
        vote = actions.count_vote(SYSTEM, vote)
    assert (vote.signed, vote.cast, vote.at_counters) == (6, 6, 1)
    page = Client().get(f"/votes/{vote.pk}/").content.decode()
    assert "其中 1 张是在窗口凭证件领的" in page


@pytest.mark.parametrize("number", ["330921195001010018", "12", "", "张三丰的证件"])
def test_what_is_no_number_of_a_paper_is_refused(number: str) -> None:
    vote, by = opened(), clerk()
    entries = Entry.objects.count()
    with pytest.raises(Refused) as told:
        actions.give_right(by, vote, number)
    assert "number" in told.value.fields
    assert Entry.objects.count() == entries


def test_nobody_makes_up_a_code_and_none_goes_from_one_vote_to_another() -> None:
    vote, other = opened(), opened()
    right = actions.give_right(clerk(), other, PAPER)
    for wrong in (right, "AAAA-AAAA-AAAA-AAAA", "", "x", right + "AAAA", "é" * 16):
        with pytest.raises(Refused, match="没有给过"):
            actions.sign_for_right(RESIDENT, vote, right=wrong, blinded=bytes(256))
    with pytest.raises(Refused):
        actions.give_right(Actor.account(account("partner")), vote, PAPER)


def test_a_vote_that_is_over_gives_no_more_rights() -> None:
    vote = opened()
    right = actions.give_right(clerk(), vote, PAPER)
    with moment(ended(vote)):
        with pytest.raises(Refused, match="已经结束"):
            actions.give_right(clerk(), vote, PAPER)
        with pytest.raises(Refused, match="已经结束"):
            actions.sign_for_right(RESIDENT, vote, right=right, blinded=bytes(256))


def test_the_codes_of_two_votes_for_one_paper_have_nothing_in_common() -> None:
    one, other = (right_for(key, PAPER) for key in (b"a" * 32, b"b" * 32))
    assert len(one) == 19
    assert not set(one.split("-")) & set(other.split("-"))


def test_the_counter_s_page_and_the_voter_s(client: Client) -> None:
    vote = opened()
    client.force_login(account("counter_clerk"))
    at = "/votes/counter/"
    told = {"vote": vote.pk, "number": PAPER}
    assert "请先看证件" in client.post(at, told).content.decode()
    page = client.post(at, {**told, "looked": "on"}).content.decode()
    right = right_for(rights_key(vote), PAPER)
    assert right in page
    assert PAPER not in page
    one = drawn(vote)
    body = {"right": right, "blinded": b64encode(one.blinded.sent).decode()}
    answer = Client().post(
        f"/votes/{vote.pk}/sign/", json.dumps(body), content_type="application/json"
    )
    assert set(answer.json()) == {"signed"}
    client.force_login(account("partner"))
    assert client.get(at).status_code == 403
