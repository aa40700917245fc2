"""More time for a clock: granted by rank with a reason and the article, or spent on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.calendar.periods import Period
from gongzhi.base.catalogue.kinds.clock import SHANGHAI, Clock
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.models import ClockChange
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case
from tests.work.cases.hands import QUESTIONED, account, again, by, case, filed, suspected
from tests.work.cases.test_clocks import BEGAN, DAY, due_day, run
from tests.work.cases.test_pages import browser, post, text

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def arrested() -> Case:
    with moment(BEGAN):
        made = case("criminal_case")
        suspected(made)
        actions.approve_in_case(by("head"), made, "filing_approval")
        actions.take_case_step(by("lead"), made, "filed", elements={"filing_decision": "立字 1 号"})
        actions.begin_deed(by("lead"), made, "arrest")
    return again(made)


def test_it_is_on_the_log_and_reason_and_article_are_kept_beside() -> None:
    with moment(BEGAN):
        made = filed()
        actions.extend_in_case(
            by("head"), made, "adm_036", "涉案十二人，物证待查", Period.parse("P10D")
        )
    entry = Entry.objects.get(kind="matters.clock_extended")
    assert "涉案" not in entry.text
    kept = ClockChange.objects.get()
    assert (kept.reason, kept.account, kept.by) == ("涉案十二人，物证待查", account("head"), "P10D")
    assert "第一百一十八条" in kept.basis_zh
    assert due_day(made, "adm_036") == "2026-10-12"  # forty days end on a Sunday
    page = text(browser("lead"), f"/cases/{made.pk}/")
    assert "涉案十二人" in page
    assert "延长 10 日" in page


@pytest.mark.parametrize(
    ("length", "reason", "why"),
    [("P31D", "案情复杂", "too_long"),  ("P30D", " ", "no_reason"),
     ("PT1H", "案情复杂", "too_long"), ("P2M", "案情复杂", "too_long")],
)  # fmt: skip
def test_not_more_than_the_law_grants_nor_without_a_reason(
    length: str, reason: str, why: str
) -> None:
    with moment(BEGAN):
        made = filed()
        with pytest.raises(Refused) as wrong:
            actions.extend_in_case(by("head"), made, "adm_036", reason, Period.parse(length))
    assert wrong.value.code == why
    assert due_day(made, "adm_036") == "2026-10-08"
    assert not ClockChange.objects.exists()


def test_custody_grows_by_one_month_then_two_then_two_and_the_notice_before_it_follows() -> None:
    made = arrested()
    actions_at = BEGAN + DAY
    with moment(actions_at):
        actions.begin_deed(by("lead"), made, "longer_custody")
    assert (due_day(made, "crm_054"), due_day(made, "crm_058")) == ("2026-11-01", "2026-10-25")
    for end, before in (
        ("2026-12-01", "2026-11-24"), ("2027-02-01", "2027-01-25"), ("2027-04-01", "2027-03-25"),
    ):  # fmt: skip
        with moment(actions_at):
            actions.extend_in_case(by("head"), made, "crm_054", "检察院已批准")
        assert (due_day(made, "crm_054"), due_day(made, "crm_058")) == (end, before)
    with moment(actions_at), pytest.raises(Refused) as more:
        actions.extend_in_case(by("head"), made, "crm_054", "检察院已批准")
    assert more.value.code == "not_extendable"
    articles = ClockChange.objects.order_by("pk").values_list("basis_zh", flat=True)
    assert [one[-7:] for one in articles] == ["第一百五十六条", "第一百五十八条", "第一百五十九条"]


def test_a_psychiatric_appraisal_stops_custody_and_no_other_does() -> None:
    made = arrested()
    with moment(BEGAN + DAY):
        held = actions.begin_deed(by("lead"), made, "psychiatric_appraisal")
    assert run(made, "crm_054").due_at is None
    with moment(BEGAN + 11 * DAY):
        actions.end_deed(by("lead"), made, held)
    assert due_day(made, "crm_054") == "2026-11-11"
    holds = [one.code for one in catalogue().clocks.values() if one.suspends]
    criminal = {"crm_054", "crm_072"}
    assert {code for code in holds if code.startswith("crm")} == criminal


def test_a_journey_is_left_out_with_the_article_but_never_from_custody() -> None:
    with moment(BEGAN):
        made = filed()
        suspected(made)
        actions.begin_deed(by("lead"), made, "summons")
    out, back = BEGAN + 2 * DAY, BEGAN + 5 * DAY
    with moment(back):
        actions.leave_journey_out(by("lead"), made, "adm_036", out, back, "去外省取证")
        with pytest.raises(Refused) as custody:
            actions.leave_journey_out(by("lead"), made, "adm_018", out, back, "去外省取证")
    assert custody.value.code == "no_journey"
    assert due_day(made, "adm_036") == "2026-10-08"  # 1 and 4 October are holidays alike
    shown = next(one for one in clocks_of(again(made).matter) if one.words == "治安案件办结")
    assert "在途" in shown.sum
    assert "第三十五条" in shown.sum
    assert run(made, "adm_036").due.counting.suspended[0].until == back
    with moment(back + 6 * DAY):
        actions.leave_journey_out(by("lead"), made, "adm_036", back, back + 6 * DAY, "去外省取证")
    assert due_day(made, "adm_036") == "2026-10-10"


def test_a_journey_that_is_not_over_or_came_before_is_refused() -> None:
    with moment(BEGAN):
        made = filed()
    for since, until in (
        (BEGAN - DAY, BEGAN), (BEGAN + DAY, BEGAN + 9 * DAY), (BEGAN + 2 * DAY, BEGAN + DAY),
    ):  # fmt: skip
        with moment(BEGAN + 3 * DAY), pytest.raises(Refused) as wrong:
            actions.leave_journey_out(by("lead"), made, "adm_036", since, until, "取证")
        assert wrong.value.code == "wrong_journey"
    with moment(BEGAN + 3 * DAY), pytest.raises(Refused):
        actions.leave_journey_out(by("head"), made, "adm_036", BEGAN, BEGAN + DAY, "取证")


def test_the_page_offers_it_to_whom_it_is_for() -> None:
    made = filed()
    here = f"/cases/{made.pk}/"
    head, lead = text(browser("head"), here), text(browser("lead"), here)
    assert "批准延长" in head
    assert "扣除在途时间" not in head
    assert "第一百一十八条" in head
    assert "批准延长" not in lead
    assert "扣除在途时间" in lead
    assert post("head", f"{here}extend/adm_036/", reason="案情复杂", length="P5D") == 302
    assert run(made, "adm_036").due.counting.extended_by == (Period.parse("P5D"),)
    assert post("lead", f"{here}extend/adm_036/", reason="案情复杂") == 403
    assert post("head", f"{here}extend/adm_036/", reason="") == 422
    began = run(made, "adm_036").started_at + timedelta(microseconds=1)
    told = {"clock": "adm_036", "reason": "取证", "until": datetime.now(UTC).isoformat()}
    assert post("lead", f"{here}journey/", since=began.isoformat(), **told) == 302
    assert post("lead", f"{here}journey/", since="soon", **told) == 422


def test_the_page_asks_for_a_hearing_s_record_only_where_there_was_a_hearing() -> None:
    made = informed()
    page = text(browser("lead"), f"/cases/{made.pk}/")
    field = page[page.index('id="reviewed-hearing_record"') :].split(">")[0]
    assert "required" not in field
    assert "只在“要求听证，已经举行”时需要" in page
    assert "required" in page[page.index('id="reviewed-hearing_held"') :].split(">")[0]
    for name, code in (("legal", "legal_review"), ("head", "penalty_approval")):
        actions.approve_in_case(by(name), made, code)
    told = {"six_points": "无误", "hearing_held": "held"}
    assert post("lead", f"/cases/{made.pk}/step/reviewed/", **told) == 409
    assert (
        post("lead", f"/cases/{made.pk}/step/reviewed/", **told | {"hearing_record": "卷 30"})
        == 302
    )


def informed() -> Case:
    made = filed()
    suspected(made)
    actions.approve_in_case(by("chief"), made, "summons_approval")
    actions.take_case_step(by("lead"), made, "questioned", elements=QUESTIONED)
    actions.take_case_step(by("lead"), made, "informed", elements={"penalty_notice": "已告知"})
    return again(made)


def test_a_hearing_is_set_so_that_the_notice_can_come_seven_working_days_before() -> None:
    with moment(BEGAN):
        made = informed()
        for at, why in ((None, "no_time"), (BEGAN - DAY, "no_time"), (BEGAN + 6 * DAY, "too_near")):
            with pytest.raises(Refused) as wrong:
                actions.begin_deed(by("lead"), made, "hearing_set", at)
            assert wrong.value.code == why
        deed = actions.begin_deed(by("lead"), made, "hearing_set", BEGAN + 21 * DAY)
    assert (
        due_day(made, "adm_032") == "2026-09-14"
    )  # seven days of work to the 22nd, with Sunday the 20th
    with moment(BEGAN + 2 * DAY):
        actions.end_deed(by("lead"), made, deed)
    assert run(made, "adm_032").outcome == "met"


def test_the_page_asks_for_the_hearing_s_time() -> None:
    made = informed()
    here = f"/cases/{made.pk}/"
    assert "听证定在什么时候" in text(browser("lead"), here)
    assert post("lead", f"{here}begin/", deed="hearing_set") == 422
    soon = (datetime.now(UTC) + 40 * DAY).isoformat()
    assert post("lead", f"{here}begin/", deed="hearing_set", planned_at=soon) == 302


LADDERS = [one for one in catalogue().clocks.values() if one.ladder]


@given(st.sampled_from(LADDERS), st.integers(0, 300))
def test_no_extension_that_ships_ever_shortens(clock: Clock, day: int) -> None:
    start = datetime(2025, 1, 2, 9, tzinfo=UTC) + day * DAY
    ends = [
        clock.due(start, catalogue().calendar, SHANGHAI, extended=n).at
        for n in range(len(clock.ladder) + 1)
    ]
    assert ends == sorted(ends)
