"""Who looks into a complaint, how it goes on, and that nobody judges their own decision."""

from __future__ import annotations

import pytest

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import ClockRun, Handover, Matter
from gongzhi.base.matters.way import told_at_steps
from gongzhi.base.people.actions import read_person
from gongzhi.base.people.selectors import reads_of
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints import actions
from gongzhi.work.complaints.actions import NewComplaint
from gongzhi.work.complaints.models import Complaint, SealedFrom
from gongzhi.work.complaints.permissions import known_to
from gongzhi.work.dispatch.models import DutyMember
from tests.safeguards.test_erasure import everywhere
from tests.work.cases import hands as cases
from tests.work.complaints.hands import (
    HAPPENED,
    NAME,
    NUMBER,
    PHONE,
    RESIDENT,
    TOLD,
    WISH,
    WORDS,
    account,
    again,
    by,
    complaint,
    county,
    decided,
    receipt_of,
    step,
    unit,
)
from tests.work.dispatch.county import car

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def running(one: Complaint) -> set[str]:
    return set(
        ClockRun.objects.filter(matter=one.matter, stopped_at=None).values_list("clock", flat=True)
    )


def test_the_inspectorate_gets_it_and_the_station_is_kept_out() -> None:
    one = complaint()
    assert one.matter.owner_unit == unit("supervision")
    assert one.unit == unit("lancheng")
    assert known_to(account("inspector")).get() == one
    assert known_to(account("head")).get() == one
    assert running(one) == {"pet_02", "complaint_take_up"}


@pytest.mark.parametrize("of", ["lancheng", "desk"])
def test_nobody_of_the_unit_or_below_knows_of_it_whatever_they_are_permitted(of: str) -> None:
    complaint()
    assert not known_to(account("mole", "inspector", "bureau_leader", of=of)).exists()


def test_whoever_is_on_duty_with_its_crew_does_not_know_of_it() -> None:
    one, crewed = complaint(), account("lent", "inspector", of="supervision")
    crew = car("01", "lancheng")
    assert known_to(crewed).get() == one
    DutyMember.objects.create(unit=crew, account=crewed, began_at=one.matter.opened_at)
    assert not known_to(crewed).exists()


def test_an_officer_named_by_number_does_not_know_of_it_in_whatever_unit() -> None:
    county()
    named = account(NUMBER, "inspector", of="supervision")
    one = complaint(number=f" {NUMBER[:3]}-{NUMBER[3:]} ")
    assert known_to(account("inspector")).get() == one
    assert not known_to(named).exists()


def test_a_complaint_of_the_inspectorate_goes_to_the_leadership() -> None:
    one = complaint(of="supervision")
    assert one.matter.owner_unit == unit("bureau")
    assert not known_to(account("inspector")).exists()
    assert known_to(account("head")).get() == one
    decided(one, "head")


def test_where_nobody_is_eligible_it_goes_to_the_bureau_and_waits() -> None:
    county()
    head = account("head")
    head.is_active = False
    head.save()
    one = complaint(of="supervision")
    assert one.matter.owner_unit == unit("bureau")


def test_the_unit_that_had_the_matter_is_kept_out_when_the_unit_is_not_known() -> None:
    county()
    about = cases.incident()
    one = complaint(of="", about=about)
    assert one.unit is None
    assert not known_to(account("mole", "inspector", of="lancheng")).exists()


def test_a_unit_that_is_named_later_is_kept_out_and_hands_it_over_when_it_has_it() -> None:
    one = complaint(of="")
    with pytest.raises(Refused):
        actions.name_unit(by("chief"), one, unit("wangchao"))
    actions.name_unit(by("inspector"), one, unit("wangchao"))
    assert not known_to(account("mole", "inspector", of="wangchao")).exists()
    actions.name_unit(by("inspector"), again(one), unit("supervision"))
    assert again(one).matter.owner_unit == unit("bureau")
    assert not known_to(account("inspector")).exists()
    assert known_to(account("head")).get() == one
    assert SealedFrom.objects.filter(complaint=one).count() == 2


def test_it_is_taken_up_looked_into_and_answered() -> None:
    one = step(complaint(), "taken_up")
    assert one.matter.owner == account("inspector")
    one = step(one, "accepted")
    assert running(one) == {"complaint_decide"}
    one = step(one, "inquiry")
    with pytest.raises(Refused) as missing:
        actions.take_complaint_step(by("inspector"), one, "decided")
    assert missing.value.fields
    one = step(one, "decided", finding="partly", **TOLD)
    assert running(one) == set()
    assert [said for _name, said in told_at_steps(one.matter)] == ["部分属实", TOLD["told"]]
    assert step(one, "closed").matter.closed_at


@pytest.mark.parametrize("code", ["not_accepted", "handed_on"])
def test_what_is_not_looked_into_says_why(code: str) -> None:
    one = step(complaint(), "taken_up")
    with pytest.raises(Refused):
        actions.take_complaint_step(by("inspector"), one, code)
    told = (
        {"why_not": "decided_before"} if code == "not_accepted" else {"handed_to": "县监察委员会"}
    )
    one = step(one, code, **TOLD, **told)
    assert one.matter.closed_at
    assert running(one) == set()


def test_misconduct_that_goes_on_is_answered_promptly_and_property_within_thirty_days() -> None:
    now = complaint(answers={"going_on": "yes"})
    assert "cmp_22" in running(now)
    assert now.matter.priority == 1
    assert "cmp_22" not in running(step(now, "taken_up"))
    criminal = cases.case("criminal_case").matter
    seized = complaint("d" * 24, about=criminal, answers={"what": "measures"})
    assert "crm_062" in running(seized)
    administrative = cases.case().matter
    other = complaint("e" * 24, about=administrative, answers={"what": "measures"})
    assert "crm_062" not in running(other)


def test_a_review_is_asked_for_once_and_done_by_somebody_else() -> None:
    one = decided(complaint())
    actions.ask_review(RESIDENT, receipt_of(one), "录像没有看全")
    one = again(one)
    assert one.matter.owner_unit == unit("bureau"), "nobody else of the inspectorate could"
    assert running(one) == {"complaint_review"}
    with pytest.raises(Refused):
        actions.take_complaint_step(by("inspector"), one, "review_decided")
    one = step(one, "review_decided", "head", review_finding="kept", review_told="维持。")
    with pytest.raises(Refused) as twice:
        actions.ask_review(RESIDENT, receipt_of(one), "还是不同意")
    assert twice.value.code == "step_out_of_order"


def test_a_colleague_of_the_inspectorate_reviews_what_another_decided() -> None:
    account("colleague", "inspector", of="supervision")
    one = decided(complaint())
    actions.ask_review(RESIDENT, receipt_of(one), "录像没有看全")
    assert again(one).matter.owner_unit == unit("supervision")
    with pytest.raises(Refused) as own:
        actions.take_complaint_step(
            by("inspector"), one, "review_decided",
            elements={"review_finding": "kept", "review_told": "维持。"},
        )  # fmt: skip
    assert own.value.code == "own_decision"
    step(one, "review_decided", "colleague", review_finding="changed", review_told="改了。")


def test_it_can_be_passed_on_but_never_to_whom_it_is_sealed_from() -> None:
    one = complaint()
    account("mole", "inspector", of="lancheng")
    with pytest.raises(Refused) as wrong:
        actions.pass_on(by("inspector"), one, unit("lancheng"))
    assert wrong.value.code == "unknown_unit"
    actions.pass_on(by("inspector"), one, unit("bureau"))
    assert Handover.objects.get().taker == unit("bureau")
    with pytest.raises(Refused) as gone:
        step(one, "taken_up")
    assert gone.value.code == "not_your_matter"


def test_withdrawn_it_ends_and_the_words_can_be_erased() -> None:
    one = complaint()
    with pytest.raises(Refused):
        actions.erase_words(RESIDENT, receipt_of(one))
    actions.withdraw_complaint(RESIDENT, receipt_of(one))
    assert running(again(one)) == set()
    actions.erase_words(RESIDENT, receipt_of(one))
    one = again(one)
    assert (one.matter.narrative.words, one.happened, one.wish) == ("", "", "")
    assert not bytes(one.matter.parties.get().person.sealed)


def test_erased_it_is_nowhere_in_the_database() -> None:
    one = complaint(place="大厅门口")
    assert everywhere(WORDS), "the search finds what is there"
    assert not everywhere(NUMBER), "the number is sealed from the first moment"
    actions.withdraw_complaint(RESIDENT, receipt_of(one))
    actions.erase_words(RESIDENT, receipt_of(one))
    for told in (WORDS, WISH, HAPPENED, NAME, PHONE, "大厅门口"):
        assert not everywhere(told)


def test_what_is_sealed_opens_for_a_purpose_to_those_who_look_into_it_alone() -> None:
    person = complaint().matter.parties.get().person
    opened = read_person(by("inspector"), person, purpose="verify")
    assert (opened["phone"], opened["officer"]) == (PHONE, NUMBER)
    assert [one.unit for one in reads_of(person)] == [unit("supervision")]
    for name in ("head", "chief"):
        with pytest.raises(Refused):
            read_person(by(name), person, purpose="verify")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "骂\x00人"}, "words"),
        ({"words": "骂" * 4001}, "words"),
        ({"wish": "道" * 4001}, "wish"),
        ({"number": "0" * 21}, "number"),
        ({"happened": "晚\x00上"}, "happened"),
        ({"contact": {"phone": "没有"}}, "phone"),
    ],
)
def test_what_can_not_be_kept_is_refused_and_leaves_nothing(
    told: dict[str, object], field: str
) -> None:
    county()
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        complaint(**told)
    assert field in refused.value.fields
    assert not Matter.objects.exists()
    assert not Complaint.objects.exists()
    assert Entry.objects.count() == before


def test_one_does_not_complain_about_a_complaint() -> None:
    one = complaint()
    with pytest.raises(Refused) as refused:
        actions.complain(
            RESIDENT, NewComplaint(words="不满意", about=one.matter), idempotency_key="z" * 24
        )
    assert refused.value.code == "about_a_complaint"


def test_the_log_says_neither_who_nor_which_unit() -> None:
    one = complaint()
    actions.name_unit(by("inspector"), one, unit("wangchao"))
    told = "".join(
        Entry.objects.filter(kind__startswith="complaints.").values_list("text", flat=True)
    )
    for secret in (NUMBER, PHONE, "lancheng", f'"unit":{unit("lancheng").pk}'):
        assert secret not in told.replace(" ", "")
