"""A case has two officers, a number without a gap, and is read by those on it and who approves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.log.actions import moment, now
from gongzhi.base.log.models import Entry
from gongzhi.base.people.actions import read_person
from gongzhi.base.people.models import Person
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases import actions
from gongzhi.work.cases.actions import NewCase
from gongzhi.work.cases.models import Case
from gongzhi.work.cases.permissions import may_read, readable_by
from gongzhi.work.dossier.permissions import require_reader, require_writer
from tests.work.cases.hands import (
    QUESTIONED,
    STAFF,
    account,
    again,
    by,
    case,
    filed,
    incident,
    unit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_numbers_count_up_by_unit_year_and_kind_without_a_gap() -> None:
    first, second = case(), case()
    assert first.number == f"听公（澜城）行立字〔{first.year}〕1号"
    with pytest.raises(InterruptedError):
        fail_after_opening()
    assert [first.count, second.count, case().count] == [1, 2, 3]
    assert case("criminal_case").number == f"听公（澜城）刑立字〔{first.year}〕1号"
    far = NewCase("administrative_case", "theft", account("far"), account("far_second"), "被偷")
    assert "（望潮）" in actions.open_case(by("far"), far).number


def fail_after_opening() -> None:
    with transaction.atomic():
        case()
        raise InterruptedError  # the machine fails after the number was taken


@pytest.mark.parametrize("second", ["lead", "far", "patrol"])
def test_two_officers_of_the_unit_are_needed(second: str) -> None:
    new = NewCase("administrative_case", "theft", account("lead"), account(second), "被偷")
    with pytest.raises(Refused) as wrong:
        actions.open_case(by("lead"), new)
    assert wrong.value.code == "two_officers"


def test_no_row_says_that_one_officer_is_two() -> None:
    made = case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=made.pk).update(second=made.lead)


def test_an_incident_has_one_open_case_and_says_so() -> None:
    came_from = incident()
    made = case(incident=came_from)
    assert made.matter.owner == account("lead")
    assert Entry.objects.filter(kind="cases.incident_led_on").count() == 1
    with pytest.raises(Refused) as twice:
        case(incident=came_from)
    assert twice.value.code == "has_a_case"


def test_only_who_works_on_it_approves_it_or_oversees_them_all_reads_a_case() -> None:
    made = filed()
    readers = {name for name in STAFF if may_read(account(name), made)}
    assert readers == {"lead", "second", "chief", "head", "legal", "watch"}
    listed = {n for n in STAFF if Case.objects.filter(readable_by(account(n))).exists()}
    assert listed == readers
    actions.join_team(by("lead"), made, account("far"))
    assert may_read(account("far"), made)
    actions.leave_team(by("far"), made, account("far"))
    assert not may_read(account("far"), made)


def test_its_papers_are_closed_to_colleagues_who_are_not_on_it() -> None:
    made = filed()
    with pytest.raises(Refused) as wrong:
        require_writer(by("third"), made.matter)
    assert wrong.value.code == "not_your_case"
    with pytest.raises(Refused):
        require_reader(by("third"), made.matter)
    require_writer(by("second"), made.matter)
    require_reader(by("legal"), made.matter)


def test_who_a_suspect_is_only_those_on_the_case_read_and_each_look_is_logged() -> None:
    made = filed()
    told = {"name": "某某", "phone": "13800000000"}
    person = actions.add_party(by("lead"), made, "suspect", told).person
    assert "某某".encode() not in bytes(person.sealed)
    person = Person.objects.select_related("party__matter").get(pk=person.pk)
    for name in ("third", "far", "chief", "legal", "patrol"):
        with pytest.raises(Refused):
            read_person(by(name), person, purpose="handle")
    with pytest.raises(Refused) as purposeless:
        read_person(by("second"), person, purpose="")
    assert purposeless.value.code == "purpose"
    assert read_person(by("second"), person, purpose="handle")["name"] == "某某"
    assert Entry.objects.filter(kind="people.person_read").count() == 1
    assert not Entry.objects.filter(text__contains="某某").exists()


def test_a_case_goes_to_other_officers_and_keeps_its_number() -> None:
    made = filed()
    with pytest.raises(Refused):
        actions.hand_over_case(by("third"), made, account("far"), account("far_second"))
    moved = actions.hand_over_case(by("chief"), made, account("far"), account("far_second"))
    assert (moved.number, moved.matter.owner_unit) == (made.number, unit("wangchao"))
    assert not may_read(account("lead"), moved)
    assert may_read(account("far"), moved)


def test_a_task_is_for_one_of_the_team_who_cannot_leave_before_it_is_done() -> None:
    made = filed()
    due = now() + timedelta(days=1)
    with pytest.raises(Refused) as outsider:
        actions.give_task(by("lead"), made, "调取监控", account("far"), due)
    assert outsider.value.code == "not_on_it"
    actions.join_team(by("lead"), made, account("far"))
    task = actions.give_task(by("lead"), made, "调取监控", account("far"), due)
    with pytest.raises(Refused) as busy:
        actions.leave_team(by("far"), made, account("far"))
    assert busy.value.code == "has_task"
    with pytest.raises(Refused):
        actions.finish_task(by("third"), task, "调到了")
    assert actions.finish_task(by("far"), task, "调到了").finished_at is not None
    with pytest.raises(Refused):
        actions.give_task(by("lead"), made, "晚了", account("far"), now() - timedelta(hours=1))


def test_two_cases_become_one_when_it_is_approved_and_both_keep_their_numbers() -> None:
    first, second = filed(), filed()
    with pytest.raises(Refused, match="并案审批"):
        actions.join_cases(by("lead"), second, first)
    actions.approve_in_case(by("chief"), second, "merge_approval")
    actions.join_cases(by("lead"), second, first)
    joined = again(second)
    assert (joined.matter.merged_into_id, joined.matter.step) == (first.pk, "merged")
    assert joined.number == second.number
    kinds = Entry.objects.values_list("kind", flat=True)
    assert {"cases.case_joined", "cases.case_took_in"} <= set(kinds)


def test_one_case_becomes_two_and_the_parties_go_along() -> None:
    made = filed()
    stays, goes = (
        actions.add_party(by("lead"), made, "suspect", {"name": name}) for name in "甲乙"
    )
    with pytest.raises(Refused) as all_of_them:
        actions.split_case(by("lead"), made, [stays, goes], "分案")
    assert all_of_them.value.code == "nobody_to_split"
    other = actions.split_case(by("lead"), made, [goes], "乙另案处理")
    assert list(other.matter.parties.all()) == [goes]
    assert other.split_from == made
    assert other.number != made.number


def test_whoever_is_questioned_a_second_time_is_so_by_a_second_approval() -> None:
    began = datetime(2026, 9, 1, 1, 30, tzinfo=UTC)
    with moment(began):
        made = filed()
        actions.approve_in_case(by("chief"), made, "summons_approval")
        actions.take_case_step(by("lead"), made, "questioned", elements=QUESTIONED)
    told = {"inspection_record": "笔录", "inspection_officers": "2"}
    with moment(began + timedelta(hours=1)):
        actions.approve_in_case(by("head"), made, "seizure_approval")
        actions.take_case_step(by("lead"), made, "evidence", elements=told)
        with pytest.raises(Refused, match="传唤审批"):
            actions.take_case_step(by("lead"), made, "questioned", elements=QUESTIONED)
    with moment(began + timedelta(hours=2)):
        actions.approve_in_case(by("head"), made, "summons_approval")
        with pytest.raises(Refused) as twice:
            actions.approve_in_case(by("chief"), made, "summons_approval")
        assert twice.value.code == "already_approved"
        with pytest.raises(Refused, match="询问民警人数"):
            actions.take_case_step(by("lead"), made, "questioned")
        actions.take_case_step(by("lead"), made, "questioned", elements=QUESTIONED)
