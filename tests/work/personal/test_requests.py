"""A request about one's own data is decided with reasons, and what is granted is really done."""

from __future__ import annotations

import pytest

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.models import ClockRun, Message
from gongzhi.base.matters.way import told_at_steps
from gongzhi.base.people.actions import read_person
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.actions.holding import lift_hold, set_hold
from gongzhi.work.participation.actions.erasing import erase_own
from gongzhi.work.personal import actions
from gongzhi.work.personal.permissions import known_to
from gongzhi.work.personal.selectors.looks import looks_under
from tests.safeguards.test_erasure import everywhere
from tests.work.personal.hands import (
    GRANTED,
    NAME,
    NEW_PHONE,
    PHONE,
    REFUSED,
    RESIDENT,
    WORDS,
    again,
    asked,
    clerk,
    closed,
    granted,
    reported,
    step,
    steward,
    unit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_it_goes_to_whoever_looks_after_personal_data_with_the_clock_of_the_law() -> None:
    one = asked(reported(), "access", proved=False)
    assert one.matter.owner_unit == unit("hotline")
    assert known_to(steward()).get() == one
    assert not known_to(clerk("city_management")).exists()
    runs = ClockRun.objects.filter(matter=one.matter, stopped_at=None)
    assert set(runs.values_list("clock", flat=True)) == {"prv_03", "prv_04", "personal_answer"}
    done = step(step(one, "taken_up"), "granted", identity="card", answer="请用这个查询码看。")
    assert not ClockRun.objects.filter(matter=done.matter, stopped_at=None).exists()


def test_a_correction_is_put_in_place_by_the_platform_and_is_then_held_nowhere_else() -> None:
    receipt = reported()
    one = asked(receipt, "correct", wanted={"phone": NEW_PHONE})
    assert everywhere(NEW_PHONE) == []  # sealed while it waits
    one = granted(one)
    person = receipt.matter.parties.get().person
    assert unseal(bytes(person.sealed)) == {"name": NAME, "phone": NEW_PHONE}
    assert one.wanted == ""
    assert Entry.objects.get(kind="people.person_corrected").text == '{"fields":["phone"]}'
    assert verify().holds


def test_words_are_never_changed_but_added_to() -> None:
    receipt = reported()
    granted(asked(receipt, "correct", words="是 13 号门口，不是 12 号"))
    assert receipt.matter.narrative.words == WORDS
    added = Message.objects.get(matter=receipt.matter)
    assert "是 13 号门口" in added.words


def test_deletion_waits_for_the_end_and_then_nothing_of_the_person_is_left() -> None:
    receipt = reported()
    early = step(asked(receipt, "delete", words=f"{WORDS}，删掉"), "taken_up")
    with pytest.raises(Refused) as refused:
        step(early, "granted", **GRANTED)
    assert "没有办结" in str(refused.value)
    assert again(early.pk).matter.step == "taken_up"  # the decision does not stand either
    closed(receipt)
    done = step(early, "granted", **GRANTED)
    assert done.matter.closed_at is not None
    assert everywhere(WORDS) == []
    person = receipt.matter.parties.get().person
    assert person.erased_at is not None
    assert not person.sealed
    assert receipt.matter.category == "lamp_out"
    assert verify().holds


def test_what_the_law_holds_nobody_deletes_whoever_asks() -> None:
    receipt = closed(reported())
    keeper = Actor.account(clerk("hotline", "data_steward"))
    hold = set_hold(keeper, receipt.matter, reason="法院调取，（2026）1 号")
    with pytest.raises(Refused):
        granted(asked(receipt, "delete"))
    with pytest.raises(Refused) as own_wish:
        erase_own(RESIDENT, receipt)
    assert "第四十七条第二款" in str(own_wish.value)
    assert WORDS in receipt.matter.narrative.words
    lift_hold(keeper, hold)
    erase_own(RESIDENT, receipt)
    assert everywhere(WORDS) == []


def test_who_takes_back_consent_can_no_longer_be_reached_but_the_lamp_is_mended() -> None:
    receipt = reported()
    granted(asked(receipt, "withdraw"))
    assert receipt.matter.parties.get().person.erased_at is not None
    assert receipt.matter.narrative.words == WORDS
    assert receipt.matter.closed_at is None


def test_a_refusal_says_why_and_by_which_article() -> None:
    one = step(step(asked(reported(), "delete"), "taken_up"), "refused", **REFUSED)
    reason, answer = (said for _name, said in told_at_steps(one.matter))
    assert "第四十七条" in reason
    assert answer == REFUSED["answer"]
    with pytest.raises(Refused):
        step(one, "granted", **GRANTED)


def test_nothing_is_granted_to_whoever_has_not_shown_who_they_are() -> None:
    one = step(asked(reported(), "correct", proved=False, wanted={"phone": NEW_PHONE}), "taken_up")
    with pytest.raises(Refused) as refused:
        step(one, "granted", **GRANTED)
    assert "identity" in refused.value.fields
    step(one, "granted", identity="card", answer="看了身份证。")


@pytest.mark.parametrize(
    ("asks", "more"),
    [
        ("everything", {}),
        ("correct", {}),
        ("correct", {"wanted": {"id_number": "330902"}}),
        ("correct", {"wanted": {"phone": "不是号码"}}),
        ("correct", {"wanted": {"email": "a@b.cn"}}),  # nothing of the kind is held
    ],
)
def test_what_can_t_be_asked_is_refused(asks: str, more: dict[str, object]) -> None:
    receipt = reported()
    with pytest.raises(Refused):
        asked(receipt, asks, **more)


def test_the_same_is_asked_once_and_can_be_taken_back() -> None:
    receipt = reported()
    one = asked(receipt, "delete")
    with pytest.raises(Refused) as twice:
        asked(receipt, "delete", idempotency_key="q" * 24)
    assert twice.value.status == 409
    own = one.matter.receipts.get()
    with pytest.raises(Refused):
        asked(own, "access", idempotency_key="r" * 24)
    assert actions.withdraw_request(RESIDENT, own).step == "withdrawn"
    asked(receipt, "delete", idempotency_key="s" * 24)


def test_only_the_steward_decides() -> None:
    one = asked(reported(), "access")
    for other in (clerk("city_management"), clerk("hotline", "supervisor")):
        with pytest.raises(Refused) as refused:
            actions.pass_step(Actor.account(other), one, "taken_up")
        assert refused.value.status == 403


def test_a_look_tells_the_role_and_never_the_name() -> None:
    receipt = reported()
    person = receipt.matter.parties.get().person
    reader = clerk("city_management", "partner")
    read_person(Actor.account(reader), person, purpose="handle")
    [read] = looks_under(receipt, None).reads
    assert (str(read.unit), read.roles) == ("综合行政执法局", "部门联络员")
    assert PHONE not in repr(read)
    assert reader.display_name not in repr(read)
