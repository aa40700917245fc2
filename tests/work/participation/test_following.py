"""What a resident may do with a report on its way, and what a neighbour who joined may."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.log.models import Entry
from gongzhi.base.log.verify import verify
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.sealing import unseal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions import (
    ask_resident,
    erase_own,
    join_request,
    judge_outcome,
    merge_requests,
    rate_handling,
    reply_to_question,
    start_request,
    take_up,
    withdraw_request,
)
from gongzhi.work.participation.codes import code_for
from gongzhi.work.participation.models import Rating, Receipt
from gongzhi.work.participation.selectors import followers_of, matter_followed, receipt_of
from tests.work.participation.cast import RESIDENT, answered, by, lamp

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
OTHER = "n" * 24


def join(receipt: Receipt, key: str = OTHER) -> Receipt:
    return join_request(RESIDENT, receipt.matter, words="我家门口也是黑的", idempotency_key=key)


def test_a_question_is_answered_and_the_work_goes_on() -> None:
    receipt = lamp()
    take_up(by("city_management"), receipt.matter)
    ask_resident(by("city_management"), receipt.matter, "是哪一根灯杆？")
    matter = reply_to_question(RESIDENT, receipt, "第三根，靠近小卖部")
    assert matter.step == "in_progress"
    kinds = list(matter.messages.order_by("pk").values_list("kind", "public"))
    assert kinds == [("question", True), ("reply", True)]
    assert not Entry.objects.filter(text__contains="灯杆").exists()
    assert verify().holds


def test_nobody_replies_where_nothing_was_asked() -> None:
    with pytest.raises(Refused, match="没有等您回答的问题"):
        reply_to_question(RESIDENT, lamp(), "补充一点")


def test_a_resident_takes_no_other_step_of_the_unit_s() -> None:
    receipt = lamp()
    with pytest.raises(Refused, match="由承办单位办理"):
        take_up_as_resident(receipt)


def take_up_as_resident(receipt: Receipt) -> None:
    from gongzhi.base.matters.actions import take_step

    take_step(RESIDENT, receipt.matter, "accepted")


def test_unhappy_reopens_and_the_reason_is_kept() -> None:
    receipt = answered(lamp())
    judge_outcome(RESIDENT, receipt, solved=False, words="晚上还是不亮")
    matter = Matter.objects.get()
    assert (matter.step, matter.closed_at) == ("reopened", None)
    assert matter.messages.get(kind="objection").words == "晚上还是不亮"


def test_a_closed_one_may_be_opened_again() -> None:
    receipt = answered(lamp())
    judge_outcome(RESIDENT, receipt, solved=True)
    judge_outcome(RESIDENT, receipt, solved=False)
    assert Matter.objects.get().step == "reopened"


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_there_are_one_to_five_stars(stars: int) -> None:
    with pytest.raises(Refused, match="一到五颗星"):
        rate_handling(RESIDENT, answered(lamp()), stars=stars)
    assert not Rating.objects.exists()


def test_one_may_change_one_s_mind_and_the_log_holds_the_number_only() -> None:
    receipt = answered(lamp())
    rate_handling(RESIDENT, receipt, stars=2, words="太慢")
    rate_handling(RESIDENT, receipt, stars=4, words="后来好了")
    assert (Rating.objects.get().stars, Rating.objects.get().words) == (4, "后来好了")
    entries = Entry.objects.filter(kind="participation.handling_rated")
    assert ['"stars":2' in entries[0].text, '"stars":4' in entries[1].text] == [True, True]
    assert not Entry.objects.filter(text__contains="慢").exists()


def test_nothing_to_rate_before_there_is_an_answer() -> None:
    with pytest.raises(Refused, match="办出结果以后"):
        rate_handling(RESIDENT, lamp(), stars=5)


def test_a_neighbour_joins_with_words_and_a_code_of_their_own() -> None:
    first = lamp()
    second = join(first)
    assert Matter.objects.count() == 1
    assert followers_of(first.matter) == 2
    assert receipt_of(code_for(OTHER)) == second
    assert second.matter.messages.get().words == "我家门口也是黑的"
    assert not second.matter.messages.get().public


def test_joining_twice_with_one_form_counts_once() -> None:
    first = lamp()
    join(first)
    with pytest.raises(IntegrityError), transaction.atomic():
        join(first)
    assert followers_of(first.matter) == 2


def test_what_has_ended_can_not_be_joined() -> None:
    receipt = lamp()
    withdraw_request(RESIDENT, receipt)
    with pytest.raises(Refused, match="已经办结"):
        join(receipt)


def test_a_neighbour_may_say_it_is_not_solved_but_not_that_it_is() -> None:
    first = lamp()
    second = join(first)
    answered(first)
    with pytest.raises(Refused, match="最先反映的居民"):
        judge_outcome(RESIDENT, second, solved=True)
    judge_outcome(RESIDENT, second, solved=False, words="我家这边没修")
    assert not Matter.objects.get().messages.get(kind="objection").public


def test_what_neighbours_wait_for_is_not_withdrawn() -> None:
    first = lamp()
    join(first)
    with pytest.raises(Refused, match="还有 1 位居民"):
        withdraw_request(RESIDENT, first)


def test_a_merged_report_follows_the_other_one_but_does_not_command_it() -> None:
    first, second = lamp(), lamp(OTHER)
    merge_requests(by("city_management"), second.matter, first.matter)
    second.refresh_from_db()
    assert matter_followed(second) == first.matter
    assert followers_of(first.matter) == 2
    with pytest.raises(Refused, match="最先反映的居民"):
        withdraw_request(RESIDENT, second)


def test_a_contact_is_sealed() -> None:
    lamp(contact={"name": " 王小明 ", "phone": "138 0013 8000"})
    person = Party.objects.get().person
    assert unseal(bytes(person.sealed)) == {"name": "王小明", "phone": "138 0013 8000"}
    assert not Entry.objects.filter(text__contains="138").exists()


def test_who_leaves_no_contact_is_no_party() -> None:
    lamp(contact={"name": " ", "phone": ""})
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        ({"name": "王" * 81}, "name"),
        ({"phone": "打我电话"}, "phone"),
        ({"phone": "1" * 40}, "phone"),
    ],
)
def test_what_is_no_contact_is_refused_and_nothing_is_kept(
    contact: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        lamp(contact=contact)
    assert field in refused.value.fields
    assert not Matter.objects.exists()


def test_once_it_has_ended_a_resident_may_have_everything_told_erased() -> None:
    receipt = answered(lamp(contact={"name": "王小明"}))
    rate_handling(RESIDENT, receipt, stars=5, words="谢谢小张")
    with pytest.raises(Refused, match="还在办理"):
        erase_own(RESIDENT, receipt)
    judge_outcome(RESIDENT, receipt, solved=False, words="没好")
    withdrawable = by("city_management")
    start_request(withdrawable, receipt.matter)
    withdraw_request(RESIDENT, receipt)
    erase_own(RESIDENT, receipt)
    matter = Matter.objects.get()
    assert (matter.narrative.words, matter.narrative.place) == ("", "")
    assert matter.messages.get(kind="objection").words == ""
    assert matter.messages.get(kind="reply").words == "灯已经换好了"  # the unit's own
    assert bytes(Party.objects.get().person.sealed) == b""
    assert (Rating.objects.get().stars, Rating.objects.get().words) == (5, "")
    assert verify().holds


def test_a_neighbour_s_words_go_without_the_others() -> None:
    first = lamp()
    second = join(first)
    erase_own(RESIDENT, second)
    assert second.matter.messages.get().words == ""
    assert Matter.objects.get().narrative.words == "巷口的灯不亮"
