"""Two people in one case: each has their own clocks, and nobody sees another's."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gongzhi.base.calendar.periods import Period
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.clocks import clocks_of
from gongzhi.base.matters.clocks.sweeping import sweep
from gongzhi.base.matters.models import ClockRun, Party
from gongzhi.base.ui.errors import Refused
from gongzhi.config.clock_lists import due_lines
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case, CaseDeed
from tests.work.cases.hands import again, by, case, filed, suspected
from tests.work.cases.test_following import followed
from tests.work.cases.test_pages import browser, text

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
BEGAN = datetime(2026, 9, 1, 1, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def investigated(number: int = 2) -> tuple[Case, list[Party]]:
    """A criminal case that was filed, with so many suspects."""
    made = case("criminal_case")
    actions.approve_in_case(by("head"), made, "filing_approval")
    actions.take_case_step(by("lead"), made, "filed", elements={"filing_decision": "立字 1 号"})
    return again(made), suspected(made, number)


def running(of: Case, party: Party | None = None) -> dict[str, datetime | None]:
    runs = ClockRun.objects.filter(matter_id=of.pk, stopped_at=None)
    runs = runs.filter(party=party) if party else runs.filter(party=None)
    return dict(runs.values_list("clock", "due_at"))


def begin(of: Case, code: str, party: Party | None = None) -> CaseDeed:
    return actions.begin_deed(by("lead"), again(of), code, party=party)


def test_two_suspects_detained_at_different_times_each_have_their_own_day() -> None:
    with moment(BEGAN):
        made, (first, second) = investigated()
        begin(made, "detention", first)
    with moment(BEGAN + 5 * HOUR):
        begin(made, "detention", second)
    assert running(made, first)["crm_042"] == BEGAN + 24 * HOUR
    assert running(made, second)["crm_042"] == BEGAN + 29 * HOUR
    with moment(BEGAN + 6 * HOUR):
        begin(made, "detention_interrogated", first)
    assert "crm_042" not in running(made, first)
    assert "crm_042" in running(made, second)
    with moment(BEGAN + 7 * HOUR):
        actions.end_deed(by("lead"), made, CaseDeed.objects.get(party=first, ended_at=None))
    assert not running(made, first)
    assert set(running(made, second)) == {"crm_040", "crm_041", "crm_042", "crm_043"}


def test_an_interrogation_is_somebody_s_and_ends_only_their_day() -> None:
    with moment(BEGAN):
        made, (first, second) = investigated()
        for one in (first, second):
            begin(made, "detention", one)
        told = {
            "interrogators": "2", "rights_notice": "卷 1", "counsel_notice": "卷 2",
            "interrogation_record": "卷 3", "gravity": "other",
        }  # fmt: skip
        actions.approve_in_case(by("head"), made, "summons_approval")
        with pytest.raises(Refused) as whose:
            actions.take_case_step(by("lead"), made, "interrogated", elements=told)
        assert whose.value.code == "which_party"
        actions.take_case_step(by("lead"), made, "interrogated", elements=told, party=second)
    assert "crm_042" in running(made, first)
    assert "crm_042" not in running(made, second)


def test_who_it_is_about_is_one_of_the_case_and_of_the_right_role() -> None:
    made, (first, second) = investigated()
    victim = actions.add_party(by("lead"), made, "victim", {"name": "某某"})
    _other, (stranger, _none) = investigated()
    for wrong in (None, victim, stranger):
        with pytest.raises(Refused) as refused:
            begin(made, "summons", wrong)
        assert refused.value.code == "which_party"
    begin(made, "summons", first)
    with pytest.raises(Refused) as twice:
        begin(made, "summons", first)
    assert twice.value.code == "lasts"
    begin(made, "summons", second)


def test_the_only_suspect_needs_no_naming_and_nobody_at_all_is_refused() -> None:
    made = filed()
    with pytest.raises(Refused) as nobody:
        begin(made, "summons")
    assert nobody.value.code == "no_party"
    (only,) = suspected(made)
    assert begin(made, "summons").party == only


def test_the_log_knows_the_party_by_its_id_and_never_by_name() -> None:
    with moment(BEGAN):
        made, (first, _second) = investigated()
        begin(made, "summons", first)
    with moment(BEGAN + 13 * HOUR):
        sweep()
    for kind in ("cases.deed_begun", "matters.clock_missed"):
        entry = Entry.objects.filter(kind=kind).latest("seq")
        assert json.loads(entry.text)["party"] == first.pk
        assert "海某" not in entry.text


def test_custody_is_warned_of_to_the_minute_at_half_three_quarters_and_nine_tenths_for_each() -> (
    None
):
    with moment(BEGAN):
        made, (first, second) = investigated()
        begin(made, "summons", first)
    with moment(BEGAN + 2 * HOUR):
        begin(made, "summons", second)
    minute = timedelta(minutes=1)
    shares = [BEGAN + at * HOUR for at in (6, 8, 9, 11, 10.8, 12.8)]
    for when in sorted([at - minute for at in shares] + [at + minute for at in shares]):
        sweep(when)
    warned = Entry.objects.filter(kind="matters.clock_warned").order_by("seq")
    mine = [one.at for one in warned if json.loads(one.text).get("party") == first.pk]
    theirs = [one.at for one in warned if json.loads(one.text).get("party") == second.pk]
    assert mine == [BEGAN + at * HOUR + minute for at in (6, 9, 10.8)]
    assert theirs == [BEGAN + at * HOUR + minute for at in (8, 11, 12.8)]


def test_an_appraisal_or_more_time_of_one_is_not_the_other_s() -> None:
    with moment(BEGAN):
        made, (first, second) = investigated()
        for one in (first, second):
            begin(made, "arrest", one)
    before = running(made, second)
    with moment(BEGAN + DAY):
        begin(made, "psychiatric_appraisal", first)
        assert running(made, first)["crm_054"] is None
        with pytest.raises(Refused) as whose:
            actions.extend_in_case(by("head"), made, "crm_054", "检察院已批准")
        assert whose.value.code == "whose"
    assert running(made, second) == before
    with moment(BEGAN + 2 * DAY):
        actions.extend_in_case(
            by("head"), made, "crm_054", "检察院已批准", Period.parse("P1M"), party=second
        )
    after = running(made, second)
    assert after["crm_054"] != before["crm_054"]
    assert running(made, first)["crm_054"] is None


def test_the_page_and_the_list_say_whose_without_a_name() -> None:
    made, (first, second) = investigated()
    begin(made, "detention", first)
    begin(made, "detention", second)
    page = text(browser("lead"), f"/cases/{made.pk}/")
    for label in ("嫌疑人甲：拘留后讯问", "嫌疑人乙：拘留后讯问"):
        assert label in page
    assert "海某" not in page
    assert "嫌疑人乙" in text(browser("lead"), "/cases/")
    lines = list(due_lines(Period.parse("P7D")))
    assert sum("嫌疑人甲 拘留后讯问" in one for one in lines) == 1
    assert lines[0] == "custody:"


def test_a_case_that_goes_on_in_two_stands_where_it_stood_and_time_runs_on() -> None:
    with moment(BEGAN):
        made = filed()
        stays, goes = suspected(made, 2)
        begin(made, "summons", goes)
        actions.give_receipt(by("lead"), made, goes)
    with moment(BEGAN + HOUR):
        other = actions.split_case(by("lead"), again(made), [goes], "乙另案处理")
    assert again(other).matter.step == "filed"
    assert running(other)["adm_036"] == running(made)["adm_036"]
    assert running(other, goes) == {"adm_018": BEGAN + 8 * HOUR}
    assert not running(made, goes)
    assert CaseDeed.objects.get(party=goes).case == other
    given = set(other.matter.elements.values_list("code", flat=True))
    assert given == {"acceptance_record"}
    with moment(BEGAN + 2 * HOUR):
        actions.end_deed(by("lead"), again(other), CaseDeed.objects.get(party=goes))
        assert begin(made, "summons").party == stays


def test_what_holds_the_thirty_days_goes_with_whom_it_is_about() -> None:
    with moment(BEGAN):
        made = filed()
        _stays, goes = suspected(made, 2)
        actions.approve_in_case(by("chief"), made, "summons_approval")
        told = {
            "questioning_officers": "2", "questioning_recording": "3 号", "family_told": "已通知",
        }  # fmt: skip
        actions.take_case_step(by("lead"), made, "questioned", elements=told)
        actions.take_case_step(by("lead"), made, "informed", elements={"penalty_notice": "告知"})
        begin(made, "hearing", goes)
    assert running(made)["adm_036"] is None
    with moment(BEGAN + 2 * DAY):
        other = actions.split_case(by("lead"), again(made), [goes], "另案")
    assert running(made)["adm_036"] is not None
    assert running(other)["adm_036"] is None
    with moment(BEGAN + 4 * DAY):
        actions.end_deed(by("lead"), again(other), CaseDeed.objects.get(party=goes))
    assert running(other)["adm_036"] is not None


def test_who_comes_with_a_merger_keeps_their_clocks_and_gets_the_next_number() -> None:
    with moment(BEGAN):
        into, joining = filed(), filed()
        suspected(into)
        (comes,) = suspected(joining)
        begin(joining, "summons", comes)
        actions.approve_in_case(by("chief"), joining, "merge_approval")
    with moment(BEGAN + HOUR):
        actions.join_cases(by("lead"), again(joining), again(into))
    assert running(into, comes) == {"adm_018": BEGAN + 8 * HOUR}
    assert Party.objects.get(pk=comes.pk).label == "嫌疑人乙"
    assert not running(joining)
    with moment(BEGAN + 2 * HOUR):
        actions.end_deed(by("lead"), again(into), CaseDeed.objects.get(party=comes))
    assert not running(into, comes)


def test_a_party_sees_their_own_limits_and_no_trace_of_another_s_custody() -> None:
    made, (first, second) = investigated()
    code = actions.give_receipt(by("lead"), made, first)
    begin(made, "detention", second)
    actions.approve_in_case(by("head"), made, "coercion_approval")
    told = {"coercion_decision": "拘字 1 号", "coercing_officers": "2"}
    actions.take_case_step(by("lead"), again(made), "coerced", elements=told, party=second)
    page = followed(code)
    for hidden in ("拘留", "强制措施", "羁押", "嫌疑人", "批准逮捕"):
        assert hidden not in page, hidden
    begin(made, "summons", first)
    page = followed(code)
    assert "刑事传唤" in page
    assert "拘留" not in page


def test_what_was_begun_before_anybody_was_named_is_ended_and_nobody_s_else() -> None:
    with moment(BEGAN):
        made, (first, second) = investigated()
        old = begin(made, "summons", first)
        CaseDeed.objects.filter(pk=old.pk).update(party=None)
        ClockRun.objects.filter(party=first).update(party=None)
        begin(made, "summons", second)
    assert set(running(made)) == {"crm_025"}
    with moment(BEGAN + HOUR):
        actions.end_deed(by("lead"), made, CaseDeed.objects.get(pk=old.pk))
    assert not running(made)
    assert set(running(made, second)) == {"crm_025"}


def test_each_victim_is_to_be_told_and_each_notice_ends_its_own() -> None:
    made = case("criminal_case")
    parties = [
        actions.add_party(by("lead"), made, role, {"name": "某"})
        for role in ("victim", "complainant")
    ]
    actions.approve_in_case(by("head"), made, "check_approval")
    actions.take_case_step(by("lead"), made, "review", elements={"acceptance_record": "登记表"})
    actions.approve_in_case(by("head"), made, "no_filing_approval")
    actions.take_case_step(by("lead"), made, "not_filed", elements={"no_filing_notice": "通知书"})
    assert [set(running(made, one)) for one in parties] == [{"crm_005"}, {"crm_005"}]
    begin(made, "no_filing_told", parties[0])
    assert [set(running(made, one)) for one in parties] == [set(), {"crm_005"}]


@dataclass
class Place:
    """Where somebody is, by the log: in which case, and what lasts of them."""

    subject: str
    lasting: set[str] = field(default_factory=set)


def told_by_the_log() -> dict[int, Place]:
    """Every party, as the entries of all cases tell it, the first to the last."""
    places: dict[int, Place] = {}
    for entry in Entry.objects.order_by("seq"):
        said = json.loads(entry.text)
        match entry.kind:
            case "cases.party_added":
                places[said["party"]] = Place(entry.subject)
            case "matters.party_came":
                places[said["party"]].subject = entry.subject
            case "cases.deed_begun" if "party" in said:
                places[said["party"]].lasting.add(said["deed"])
            case "cases.deed_ended" if "party" in said:
                places[said["party"]].lasting.discard(said["deed"])
    return places


def test_the_log_alone_tells_who_is_in_which_case_and_what_lasts_of_whom() -> None:
    made, (first, second) = investigated()
    other, (third, _fourth) = investigated()
    for party, of in ((first, made), (second, made), (third, other)):
        begin(of, "summons", party)
    apart = actions.split_case(by("lead"), again(made), [second], "另案")
    actions.end_deed(by("lead"), again(apart), CaseDeed.objects.get(party=second))
    actions.approve_in_case(by("chief"), other, "merge_approval")
    actions.join_cases(by("lead"), again(other), again(made))
    stands = {
        party.pk: Place(
            f"matters.matter:{party.matter_id}",
            set(party.deeds.filter(ended_at=None).values_list("code", flat=True)),
        )
        for party in Party.objects.all()
    }
    assert told_by_the_log() == stands
    for one in CaseDeed.objects.filter(ended_at=None).select_related("party"):
        assert one.party is not None
        assert one.case_id == one.party.matter_id


CODES = (
    "detention", "detention_interrogated", "detention_told", "grave_suspicion", "arrest_asked",
    "arrest", "arrest_told", "psychiatric_appraisal", "longer_custody", "bail", "summons",
)  # fmt: skip
REFUSED = {"lasts", "not_during", "no_planned_time", "too_late", "not_extendable"}
MOVES = st.lists(
    st.tuples(st.sampled_from((0, 1)), st.sampled_from((*CODES, "end", "extend"))),
    min_size=1, max_size=7,
)  # fmt: skip
Stood = list[tuple[str, datetime | None, datetime | None, str]]


def lived(moves: list[tuple[int, str]], only: int | None = None) -> list[Stood]:
    """What came of each of the two suspects' clocks; with `only`, when only one did anything."""
    with moment(BEGAN):
        made, parties = investigated()
    for n, (who, what) in enumerate(moves, 1):
        if only in (None, who):
            with moment(BEGAN + 7 * n * HOUR):
                try_out(made, parties[who], what)
    fields = ("clock", "due_at", "stopped_at", "outcome")
    rows = ClockRun.objects.filter(matter_id=made.pk).order_by("pk")
    return [list(rows.filter(party=one).values_list(*fields)) for one in parties]


def try_out(made: Case, party: Party, what: str) -> None:
    lasting = CaseDeed.objects.filter(case=made, party=party, ended_at=None).order_by("pk")
    runs = ClockRun.objects.filter(matter_id=made.pk, party=party, stopped_at=None)
    try:
        if what == "end" and (deed := lasting.first()):
            actions.end_deed(by("lead"), again(made), deed)
        elif what == "extend" and (run := runs.filter(clock="crm_054").first()):
            actions.extend_in_case(by("head"), again(made), run.clock, "获批", party=party)
        elif what in CODES:
            begin(made, what, party)
    except Refused as refused:
        if refused.code not in REFUSED:
            raise


@settings(max_examples=8, deadline=None)
@given(MOVES)
def test_whatever_happens_to_one_nothing_happens_to_the_other(
    moves: list[tuple[int, str]],
) -> None:
    with transaction.atomic():
        together = lived(moves)
        alone = [lived(moves, who)[who] for who in (0, 1)]
        transaction.set_rollback(True)
    assert together == alone


def test_clocks_of_many_are_shown_by_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made, parties = investigated(4)
    for party in parties:
        begin(made, "detention", party)
    matter = again(made).matter
    with django_assert_num_queries(1):
        assert len([one for one in clocks_of(matter) if one.whose]) == 16
