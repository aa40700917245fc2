"""The rules read each entry once, and what they find is seen through to its end."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import NewMatter, open_matter
from gongzhi.base.matters.clocks.sweeping import sweep as clocks_pass
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision.actions import (
    accept_finding,
    answer_finding,
    escalate_finding,
    send_finding_back,
)
from gongzhi.watch.supervision.models import Finding, FindingWords, RuleMemory
from gongzhi.watch.supervision.readers import sweep
from gongzhi.watch.supervision.remembering import forget
from gongzhi.watch.supervision.selectors import evidence
from gongzhi.work.cases.actions import begin_deed
from tests.watch.supervision.cast import (
    SYSTEM,
    a_finding,
    incident,
    read_all,
    somebody,
    unit,
    watch,
)
from tests.work.cases.hands import by, filed, suspected

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def log(kind: str) -> list[dict[str, object]]:
    entries = Entry.objects.filter(kind=kind).order_by("seq")
    return [json.loads(one.text) for one in entries]


def test_what_has_not_followed_is_found_when_its_time_is_over_and_never_twice() -> None:
    begun = timezone.now() - timedelta(hours=3)
    matter = incident(begun)
    assert watch(begun + timedelta(minutes=20)) == []
    [found] = watch(begun + timedelta(minutes=40))
    assert (found.rule, found.matter, found.unit) == ("incident_not_dispatched", matter, unit())
    assert found.happened_at == begun + timedelta(minutes=30)
    assert watch(begun + timedelta(minutes=50)) == [found]
    [told] = log("supervision.finding_raised")
    assert (told["rule"], told["unit"], told["matter"]) == (found.rule, unit().pk, matter.pk)


def test_nothing_is_said_to_be_missing_while_entries_are_unread() -> None:
    begun = timezone.now() - timedelta(hours=3)
    incident(begun)
    read_all()
    incident(begun, priority=4)
    assert sweep() == 0
    assert not Finding.objects.exists()
    read_all()
    assert sweep() == 1


def test_the_log_alone_leads_to_the_same_findings_again() -> None:
    begun = timezone.now() - timedelta(hours=5)
    for priority in (1, 2, 1):
        incident(begun, priority=priority)
    before = {one.key: (one.happened_at, one.entries) for one in watch()}
    memories = dict(RuleMemory.objects.values_list("subject", "text"))
    Finding.objects.all().delete()
    forget()
    assert {one.key: (one.happened_at, one.entries) for one in watch()} == before
    assert dict(RuleMemory.objects.values_list("subject", "text")) == memories
    assert len(before) == 3


def test_a_reader_that_starts_anew_raises_nothing_that_is_known() -> None:
    a_finding()
    raised = len(log("supervision.finding_raised"))
    forget()
    watch()
    assert len(log("supervision.finding_raised")) == raised


def answered(finding: Finding) -> Finding:
    head = somebody("head", "unit_leader", finding.answerer)
    return answer_finding(Actor.account(head), finding, words="人手都在另一起现场，已补派。")


def overseer() -> Account:
    return somebody("overseer", "supervisor", unit("supervision", "department"))


def test_a_finding_is_answered_by_its_unit_and_accepted_by_those_who_oversee() -> None:
    finding = answered(a_finding())
    assert finding.state == "answered"
    closed = accept_finding(Actor.account(overseer()), finding)
    assert closed.state == "accepted"
    assert closed.closed_at is not None
    for kind in ("finding_answered", "finding_accepted"):
        assert len(log(f"supervision.{kind}")) == 1
    told = " ".join(Entry.objects.values_list("text", flat=True))
    assert "人手" not in told


def test_an_answer_that_will_not_do_comes_back_with_time_anew() -> None:
    finding = answered(a_finding())
    by = Actor.account(overseer())
    with moment(timezone.now() + timedelta(days=9)):
        back = send_finding_back(by, finding, words="没有说为什么")
    assert back.state == "sent_back"
    assert back.due_at > finding.due_at
    with pytest.raises(Refused, match="这样办"):
        accept_finding(by, back)


def test_one_that_is_taken_higher_is_answered_by_the_unit_above() -> None:
    finding = a_finding()
    up = escalate_finding(Actor.account(overseer()), finding, words="拖了三次")
    assert up.answerer == unit("bureau", "bureau")
    chief = somebody("chief", "bureau_leader", unit("bureau", "bureau"))
    done = answer_finding(Actor.account(chief), up, words="已约谈并补办")
    assert done.state == "answered"
    [told] = log("supervision.finding_escalated")
    assert told["to"] == up.answerer_id


def test_nobody_answers_for_another_unit_or_decides_on_his_own() -> None:
    finding = a_finding()
    stranger = somebody("stranger", "unit_leader", unit("xihe"))
    with pytest.raises(Refused):
        answer_finding(Actor.account(stranger), finding, words="x")
    own = somebody("own", "supervisor", finding.unit)
    with pytest.raises(Refused, match="别的单位"):
        accept_finding(Actor.account(own), answered(finding))


def test_an_answer_without_words_leaves_nothing() -> None:
    finding = a_finding()
    head = somebody("head", "unit_leader", finding.answerer)
    with pytest.raises(Refused, match="写明"):
        answer_finding(Actor.account(head), finding, words="  ")
    assert not FindingWords.objects.exists()
    assert log("supervision.finding_answered") == []


def test_an_answer_that_is_late_is_told_once() -> None:
    finding = a_finding()
    for days in (20, 21):
        watch(timezone.now() + timedelta(days=days))
    late = [one for one in log("supervision.answer_missed") if one["unit"] == finding.answerer_id]
    assert len(late) == Finding.objects.filter(missed_at__isnull=False).count() >= 1


def test_an_imported_past_is_not_judged() -> None:
    begun = timezone.now() - timedelta(hours=3)
    with moment(begun):
        open_matter(
            SYSTEM, NewMatter("incident", "theft", unit(), "x", priority=1, channel="import")
        )
    assert watch() == []


def test_a_breach_of_liberty_names_clock_and_ordinal_of_each_and_nobody_by_name() -> None:
    began = timezone.now() - timedelta(hours=20)
    with moment(began):
        made = filed()
        for party in suspected(made, 2):
            begin_deed(by("lead"), made, "summons", party=party)
    clocks_pass(began + timedelta(hours=9))
    breaches = [one for one in watch() if one.rule == "custody_limit_missed"]
    assert [one.severity for one in breaches] == ["grave", "grave"]
    said = ["".join(line.words for line in evidence(one)) for one in breaches]
    assert all("询问查证" in words and "海某" not in words for words in said)
    for label in ("嫌疑人甲", "嫌疑人乙"):
        assert sum(label in words for words in said) == 1
