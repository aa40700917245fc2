"""A thing taken as evidence is always in somebody's hands, and never in the wrong ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongzhi.base.files import store
from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.models import Custody, Exhibit, ExhibitOffer, Purpose
from gongzhi.work.dossier.readers import check_all_evidence
from gongzhi.work.dossier.selectors import gaps, late_to_keeper
from tests.work.dossier.hands import account, case, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class Hands:
    """Two officers of a case, a keeper, another officer, and what they took."""

    def __init__(self) -> None:
        self.first, self.second = somebody("first"), somebody("second")
        self.keeper, self.other = somebody("keeper", "officer"), somebody("other", "officer")
        self.matter = case()

    def take(self, **more: Any) -> Exhibit:
        told = {"name": "黑色手机", "quantity": "一部", "found_at": "观澜码头", **more}
        return actions.take_exhibit(
            self.first, self.matter, **{"second": account(self.second), **told}
        )

    def move(self, giver: Actor, taker: Actor, exhibit: Exhibit, purpose: str, **more: Any) -> None:
        told = {"where": "物证室", **more}
        offer = actions.offer_exhibit(giver, exhibit, purpose, account(taker), **told)
        actions.confirm_offer(taker, offer)


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_from_the_scene_to_the_keeper_the_expert_and_back_to_its_owner(hands: Hands) -> None:
    thing = hands.take(seal_number="F001")
    hands.move(hands.first, hands.keeper, thing, "store")
    hands.move(
        hands.keeper, hands.other, thing, "lend", outside="市价格认定中心", basis="公鉴聘字1号"
    )
    hands.move(hands.other, hands.keeper, thing, "fetch", seal_intact=True)
    hands.move(hands.keeper, hands.first, thing, "returned", outside="失主", basis="发还清单")
    thing.refresh_from_db()
    assert thing.ending == "returned"
    assert gaps(thing) == []
    holders = [c.outside or c.holder for c in thing.custodies.order_by("turn")]
    keeper = account(hands.keeper)
    assert holders == [account(hands.first), keeper, "市价格认定中心", keeper]
    with pytest.raises(Refused, match="已经发还"):
        actions.offer_exhibit(hands.keeper, thing, "store", account(hands.other), where="物证室")


def test_nothing_is_taken_by_one_person_alone(hands: Hands) -> None:
    for alone in ({"second": None}, {"second": account(hands.first)}):
        with pytest.raises(Refused, match="另一名民警或者见证人"):
            hands.take(**alone)
    seen = hands.take(second=None, witness="李某")
    assert b"\xe6\x9d\x8e" not in bytes(seen.witnessed)  # the witness's name is sealed
    thing = hands.take()
    with pytest.raises(IntegrityError), transaction.atomic():
        Exhibit.objects.filter(pk=thing.pk).update(second=None)


def test_whoever_conducts_the_case_never_becomes_its_keeper(hands: Hands) -> None:
    thing = hands.take()
    with pytest.raises(Refused, match="第二百三十五条"):
        actions.offer_exhibit(hands.first, thing, "store", account(hands.second), where="抽屉")
    hands.move(hands.first, hands.keeper, thing, "store")
    # Somebody who joins the case between offer and confirmation may not, either.
    offer = actions.offer_exhibit(hands.keeper, thing, "store", account(hands.other), where="室")
    hands.matter.owner = account(hands.other)
    hands.matter.save()
    with pytest.raises(Refused, match="办案人员不能自己保管"):
        actions.confirm_offer(hands.other, offer)


def test_it_moves_only_when_both_have_said_so(hands: Hands) -> None:
    thing = hands.take()
    with pytest.raises(Refused, match="不在您手里"):
        actions.offer_exhibit(hands.second, thing, "store", account(hands.keeper), where="室")
    offer = actions.offer_exhibit(hands.first, thing, "store", account(hands.keeper), where="室")
    assert thing.custodies.get(until=None).holder == account(hands.first)
    for not_the_taker in (hands.first, hands.other):
        with pytest.raises(Refused, match="接收人本人"):
            actions.confirm_offer(not_the_taker, offer)
    actions.withdraw_offer(hands.keeper, offer)
    with pytest.raises(Refused, match="已经确认或者撤回"):
        actions.confirm_offer(hands.keeper, offer)
    assert thing.custodies.count() == 1


def test_it_is_destroyed_or_lent_only_on_a_decision_and_before_a_second_officer(
    hands: Hands,
) -> None:
    thing = hands.take()
    hands.move(hands.first, hands.keeper, thing, "store")
    for purpose in ("destroyed", "lend", "returned", "forwarded"):
        with pytest.raises(Refused, match="依据的文书"):
            actions.offer_exhibit(hands.keeper, thing, purpose, account(hands.other), where="外")
        with pytest.raises(Refused, match="另一名"):
            actions.offer_exhibit(
                hands.keeper, thing, purpose, account(hands.keeper), where="外",
                outside="处", basis="决定",
            )  # fmt: skip


def test_after_a_day_in_the_officer_s_hands_it_is_shown_as_late(hands: Hands) -> None:
    begun = datetime(2026, 11, 1, 8, tzinfo=UTC)
    with moment(begun):
        thing = hands.take()
    with moment(begun + timedelta(hours=24)):
        assert not late_to_keeper(thing)
    with moment(begun + timedelta(hours=24, minutes=1)):
        assert late_to_keeper(thing)
        hands.move(hands.first, hands.keeper, thing, "store")
        assert not late_to_keeper(thing)


def test_an_evidence_file_that_was_altered_is_on_the_log_once_and_again_when_mended(
    hands: Hands,
) -> None:
    kept = actions.keep_evidence(hands.first, hands.matter, b"abc")
    assert kept.file
    path = store.path_of(kept.file.sealed_as)
    was = path.read_bytes()
    told = Entry.objects.filter(kind__in=["dossier.evidence_broken", "dossier.evidence_whole"])
    check_all_evidence()
    assert not told.exists()
    path.write_bytes(was[:-1] + bytes([was[-1] ^ 1]))
    check_all_evidence()
    check_all_evidence()
    path.write_bytes(was)
    check_all_evidence()
    kinds = list(told.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["dossier.evidence_broken", "dossier.evidence_whole"]


WHO = st.sampled_from(["first", "second", "keeper", "other"])


class Chain(RuleBasedStateMachine):
    """Four pairs of hands that try everything with two things."""

    def __init__(self) -> None:
        super().__init__()
        type(self).round = getattr(type(self), "round", 0) + 1
        self.at = datetime(2026, 11, 1, 8, tzinfo=UTC)
        mark = f"{type(self).round}"
        self.who = {
            name: somebody(f"{name}{mark}", "officer")
            for name in ("first", "second", "keeper", "other")
        }
        matter = case()
        with moment(self.at):
            self.things = [
                actions.take_exhibit(
                    self.who["first"], matter, name="物", quantity="一", found_at="码头",
                    second=account(self.who["second"]),
                )
                for _ in range(2)
            ]  # fmt: skip

    def attempt(self, name: str, *told: object, **more: object) -> None:
        self.at += timedelta(minutes=7)
        try:
            with moment(self.at):
                getattr(actions, name)(*told, **more)
        except Refused:
            pass

    @rule(
        giver=WHO, taker=WHO, thing=st.integers(0, 1), purpose=st.sampled_from(Purpose.values),
        outside=st.sampled_from(["", "鉴定中心"]), basis=st.sampled_from(["", "决定书"]),
    )  # fmt: skip
    def offer(
        self, giver: str, taker: str, thing: int, purpose: str, outside: str, basis: str
    ) -> None:
        self.attempt(
            "offer_exhibit", self.who[giver], self.things[thing], purpose,
            account(self.who[taker]), where="物证室", outside=outside, basis=basis,
        )  # fmt: skip

    @rule(thing=st.integers(0, 1), purpose=st.sampled_from(["store", "use", "lend", "fetch"]))
    def offer_as_one_should(self, thing: int, purpose: str) -> None:
        now = self.things[thing].custodies.order_by("-turn")[0]
        takers = [self.who["keeper"], self.who["other"]]
        giver = next((w for w in self.who.values() if account(w) == now.holder), takers[1])
        taker = next(w for w in takers if w is not giver)
        self.attempt(
            "offer_exhibit", giver, self.things[thing], purpose, account(taker),
            where="物证室", outside="鉴定中心", basis="决定书",
        )  # fmt: skip

    @rule(
        thing=st.integers(0, 1), who=WHO, what=st.sampled_from(["confirm_offer", "withdraw_offer"])
    )
    def answer(self, thing: int, who: str, what: str) -> None:
        for offer in ExhibitOffer.objects.filter(exhibit=self.things[thing]):
            self.attempt(what, self.who[who], offer)

    @rule(thing=st.integers(0, 1))
    def confirm_as_one_should(self, thing: int) -> None:
        for offer in ExhibitOffer.objects.filter(exhibit=self.things[thing], confirmed_at=None):
            self.attempt("confirm_offer", Actor.account(offer.taker), offer)

    @invariant()
    def no_gap_in_time_or_hands(self) -> None:
        for thing in Exhibit.objects.filter(pk__in=[one.pk for one in self.things]):
            assert gaps(thing) == []

    @invariant()
    def every_change_of_hands_was_confirmed_by_two(self) -> None:
        for thing in self.things:
            moves = thing.offers.filter(confirmed_at__isnull=False)
            thing.refresh_from_db()
            assert thing.custodies.count() - 1 + bool(thing.ending) == moves.count()
            assert all(one.giver_id != one.taker_id for one in moves)

    @invariant()
    def no_investigator_keeps_it(self) -> None:
        kept = ExhibitOffer.objects.filter(
            exhibit__in=self.things, purpose__in=["store", "fetch"], confirmed_at__isnull=False
        )
        conducting = {account(self.who["first"]).pk, account(self.who["second"]).pk}
        assert not conducting & set(kept.values_list("taker_id", flat=True))

    @invariant()
    def the_log_knows_every_hand(self) -> None:
        for thing in self.things:
            moved = Entry.objects.filter(
                kind="dossier.exhibit_moved", text__contains=f'"exhibit":{thing.pk},'
            )
            confirmed = thing.offers.filter(confirmed_at__isnull=False)
            assert moved.count() == confirmed.count()


def test_whatever_is_tried_there_is_no_gap_in_time_or_hands() -> None:
    run_state_machine_as_test(
        Chain, settings=hypothesis_settings(max_examples=25, stateful_step_count=30)
    )
    assert Custody.objects.filter(turn__gt=2).exists()  # the machine did get somewhere
