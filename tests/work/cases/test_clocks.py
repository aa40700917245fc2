"""What is done in a case moves the clocks of the law, to the day the law says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import ClockRun
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case, CaseDeed
from tests.work.cases.hands import FIRST, QUESTIONED, again, by, case, filed, suspected

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BEGAN = datetime(2026, 9, 1, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def run(of: Case, clock: str) -> ClockRun:
    return ClockRun.objects.filter(matter_id=of.pk, clock=clock).latest("pk")


def due_day(of: Case, clock: str) -> str:
    due = run(of, clock).due_at
    return timezone.localtime(due - timedelta(seconds=1)).strftime("%Y-%m-%d") if due else ""


def test_thirty_days_stand_still_while_something_is_appraised() -> None:
    with moment(BEGAN):
        made = filed()
    assert due_day(made, "adm_036") == "2026-10-08"  # 1 October and the holidays after it
    with moment(BEGAN + 9 * DAY):
        deed = actions.begin_deed(by("lead"), made, "appraisal")
    assert run(made, "adm_036").due_at is None
    with moment(BEGAN + 19 * DAY):
        actions.end_deed(by("lead"), made, deed)
    assert due_day(made, "adm_036") == "2026-10-12"  # ten days later, a Sunday, so the Monday
    assert due_day(made, "adm_022") == "2026-09-28"  # five days, on the Mid-Autumn holiday
    shown = next(one for one in clocks_of(again(made).matter) if one.words == "治安案件办结")
    assert "鉴定" in shown.sum


def test_it_goes_on_only_when_nothing_holds_it_any_more() -> None:
    with moment(BEGAN):
        made = filed()
        suspected(made)
    with moment(BEGAN + DAY):
        appraisal = actions.begin_deed(by("lead"), made, "appraisal")
        actions.approve_in_case(by("chief"), made, "summons_approval")
        actions.take_case_step(by("lead"), made, "questioned", elements=QUESTIONED)
        actions.take_case_step(by("lead"), made, "informed", elements={"penalty_notice": "告知"})
    with moment(BEGAN + 2 * DAY):
        hearing = actions.begin_deed(by("lead"), made, "hearing")
    with moment(BEGAN + 3 * DAY):
        actions.end_deed(by("lead"), made, appraisal)
    assert run(made, "adm_036").due_at is None
    with moment(BEGAN + 8 * DAY):
        actions.end_deed(by("lead"), made, hearing)
    assert run(made, "adm_036").due_at is not None
    assert run(made, "adm_033").outcome == "met"


def test_somebody_summoned_is_gone_within_eight_hours_or_it_is_missed() -> None:
    with moment(BEGAN):
        made = filed()
        suspected(made)
        deed = actions.begin_deed(by("second"), made, "summons")
    assert run(made, "adm_018").due_at == BEGAN + timedelta(hours=8)
    assert clocks_of(again(made).matter)[0].custody
    with moment(BEGAN + timedelta(hours=9)):
        actions.end_deed(by("second"), made, deed)
    assert run(made, "adm_018").outcome == "missed"


def test_detention_starts_four_clocks_and_each_duty_ends_its_own() -> None:
    with moment(BEGAN):
        made = case("criminal_case")
        suspected(made)
        actions.approve_in_case(by("head"), made, "filing_approval")
        actions.take_case_step(by("lead"), made, "filed", elements={"filing_decision": "立字 1 号"})
        detention = actions.begin_deed(by("lead"), made, "detention")
    running = ClockRun.objects.filter(matter_id=made.pk, stopped_at=None)
    assert set(running.values_list("clock", flat=True)) == {
        "crm_040", "crm_041", "crm_042", "crm_043",
    }  # fmt: skip
    with moment(BEGAN + timedelta(hours=2)):
        for code in ("detained_in_house", "detention_told", "detention_interrogated"):
            actions.begin_deed(by("lead"), made, code)
    assert list(running.values_list("clock", flat=True)) == ["crm_043"]
    with moment(BEGAN + timedelta(hours=30)):
        actions.end_deed(by("lead"), made, detention)
    assert not running.exists()


def test_a_decision_is_served_and_the_victim_gets_a_copy_where_there_is_one() -> None:
    for victims, expected in ((0, {"adm_003"}), (1, {"adm_003", "adm_039"})):
        made = decided(victims)
        left = ClockRun.objects.filter(matter_id=made.pk, stopped_at=None)
        assert set(left.values_list("clock", flat=True)) == expected
        actions.take_case_step(by("lead"), made, "served", elements={"service_receipt": "回执"})
        assert not left.exists()


def decided(victims: int) -> Case:
    made = filed()
    for _number in range(victims):
        actions.add_party(by("lead"), made, "victim", {"name": "某某"})
    actions.approve_in_case(by("chief"), made, "summons_approval")
    actions.take_case_step(by("lead"), made, "questioned", elements=QUESTIONED)
    actions.take_case_step(by("lead"), made, "informed", elements={"penalty_notice": "已告知"})
    actions.approve_in_case(by("legal"), made, "legal_review")
    actions.approve_in_case(by("head"), made, "penalty_approval")
    actions.take_case_step(
        by("lead"),
        made,
        "reviewed",
        elements={"six_points": "六项无误", "hearing_held": "not_asked"},
    )
    actions.take_case_step(by("lead"), made, "decided", elements={"decision_document": "罚字 1 号"})
    return again(made)


def test_what_a_case_does_not_ask_for_now_is_refused() -> None:
    made = filed()
    for code, why in (("hearing", "deed_out_of_order"), ("detention", "unknown_deed")):
        with pytest.raises(Refused) as wrong:
            actions.begin_deed(by("lead"), made, code)
        assert wrong.value.code == why
    actions.begin_deed(by("lead"), made, "appraisal")
    with pytest.raises(Refused) as twice:
        actions.begin_deed(by("lead"), made, "appraisal")
    assert twice.value.code == "lasts"
    assert CaseDeed.objects.count() == 1


def test_the_head_of_the_bureau_grants_thirty_days_more_and_nobody_on_the_case_does() -> None:
    with moment(BEGAN):
        made = filed()
        for name in ("lead", "chief"):
            with pytest.raises(Refused):
                actions.extend_in_case(by(name), made, "adm_036", "案情复杂")
        for _time in range(2):
            actions.extend_in_case(by("head"), made, "adm_036", "案情复杂")
        with pytest.raises(Refused) as thrice:
            actions.extend_in_case(by("head"), made, "adm_036", "案情复杂")
    assert thrice.value.code == "not_extendable"
    assert due_day(made, "adm_036") == "2026-11-30"


def test_colleagues_who_are_not_on_the_case_take_no_step() -> None:
    made = case()
    with pytest.raises(Refused) as wrong:
        actions.take_case_step(by("third"), made, "filed", elements=FIRST)
    assert wrong.value.code == "not_on_the_case"
    actions.take_case_step(by("lead"), made, "filed", elements=FIRST)
    with pytest.raises(Refused):
        actions.approve_in_case(by("second"), made, "summons_approval")
