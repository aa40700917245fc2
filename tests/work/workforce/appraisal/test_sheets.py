"""A round from its opening to its end: sheets, objections, colleagues, words that people decide."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.actions import thank_helpers
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.models import Adoption, Colleagues, Figure, Round
from gongzhi.work.workforce.appraisal.selectors.colleagues import said_by_colleagues
from gongzhi.work.workforce.appraisal.selectors.sheets import posted_to, taken_along, trainings
from gongzhi.work.workforce.appraisal.verifying import disagreements
from gongzhi.work.workforce.officers.actions import record_training
from tests.work.participation.cast import RESIDENT, SYSTEM
from tests.work.workforce.appraisal.cast import (
    FIRST,
    FORMULA,
    JULY,
    LAST,
    LATER,
    account,
    adopted,
    answered,
    by,
    head,
    leader,
    opened,
    personnel,
    sheet,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MARCH = JULY.replace(month=3, day=2)
ITEM = "answers_in_time"


def county() -> Round:
    """Anna was late once in three; Bo never."""
    for nth, days in enumerate((1, 1, 20)):
        answered("anna", MARCH + timedelta(days=nth), days=days)
    for nth in range(3):
        answered("bo", MARCH + timedelta(days=nth), solved=nth > 0)
    return opened()


def figure(held: Round, name: str, item: str = ITEM) -> Figure:
    return sheet(held, name).figures.get(item=item)


def test_a_sheet_says_what_the_log_says_and_its_officer_can_count_it_again() -> None:
    held = county()
    for name in ("anna", "bo"):
        taken = taken_along(sheet(held, name))
        assert list(disagreements(taken)) == []
    assert (figure(held, "anna").hit, figure(held, "anna").of) == (2, 3)
    assert figure(held, "bo").hit == figure(held, "bo").of == 3
    judged = figure(held, "bo", "solved_for_residents")
    assert (judged.hit, judged.of) == (2, 3)


def test_thanks_and_trainings_stand_there_one_by_one_and_move_no_number() -> None:
    """Two residents thank Bo, nobody thanks Anna: their numbers, and what is expected, stay."""
    receipts = [answered(name, MARCH) for name in ("bo", "bo", "anna")]
    with moment(MARCH + timedelta(days=9)):
        for one in receipts[:2]:
            thank_helpers(RESIDENT, one, words="谢谢，路亮了")
    with moment(JULY):
        record_training(SYSTEM, account("bo"), "急救", hours=8, on=MARCH.date())
    held = opened()
    thanks = {name: figure(held, name, "thanks") for name in ("anna", "bo")}
    assert (thanks["bo"].facts, thanks["anna"].facts) == (2, 0)
    assert {(one.hit, one.of, one.says) for one in thanks.values()} == {(0, 0, "listed")}
    assert [one.title for one in trainings(sheet(held, "bo"))] == ["急救"]
    assert list(disagreements(taken_along(sheet(held, "bo")))) == []
    both = [figure(held, name) for name in ("anna", "bo")]
    assert len({(one.hit / one.of, one.expected, one.says) for one in both}) == 1


def test_a_number_that_was_touched_is_found_out() -> None:
    taken = taken_along(sheet(county(), "bo"))
    item = next(one for one in taken["items"] if one["item"] == ITEM)
    item["hit"] -= 1
    item["behind"][0]["hit"] = 0.0
    assert any("the log says 1.0" in line for line in disagreements(taken))
    del item["behind"][0]
    assert any("the sheet hasn't" in line for line in disagreements(taken))


def test_a_matter_that_is_not_counted_changes_nothing() -> None:
    """A lamp nobody answered, a matter of another kind: numbers stay."""
    from gongzhi.work.participation.actions import file_request
    from tests.work.participation.cast import RESIDENT

    for name in ("anna", "bo"):
        answered(name, MARCH)
    with moment(MARCH):
        file_request(
            RESIDENT, category="noise", words="夜里吵", place="海平路", idempotency_key="q" * 24,
            unit=account("anna").unit,
        )  # fmt: skip
    held = opened()
    assert (figure(held, "anna").of, figure(held, "bo").of) == (1, 1)


def test_an_upheld_objection_leaves_the_matter_out_on_every_sheet() -> None:
    held = county()
    own = sheet(held, "bo")
    counted = own.counted.filter(item=ITEM).earliest("seq")
    with moment(JULY):
        objection = actions.object_to(by("bo"), own, ITEM, "这件不是我答复的", counted)
        with pytest.raises(Refused, match="等答复"):
            actions.object_to(by("bo"), own, ITEM, "再说一次", counted)
        actions.answer_objection(personnel(), objection, upheld=True, answer="查了，确实不是")
        with pytest.raises(Refused, match="答复过了"):
            actions.answer_objection(personnel(), objection, upheld=False, answer="不改了")
    assert figure(held, "bo").of == 2
    assert list(disagreements(taken_along(sheet(held, "bo")))) == []


def test_nobody_objects_on_another_s_sheet_or_too_late() -> None:
    held = county()
    with moment(JULY), pytest.raises(Refused, match="没有这张考评表"):
        actions.object_to(by("anna"), sheet(held, "bo"), ITEM, "他的不对")
    with moment(LATER), pytest.raises(Refused, match="日子过了"):
        actions.object_to(by("bo"), sheet(held, "bo"), ITEM, "不对")


def test_nobody_answers_their_own_objection() -> None:
    account("personnel", "personnel", "officer", of="bureau")
    held = county()
    own = sheet(held, "personnel")
    with moment(JULY):
        objection = actions.object_to(personnel(), own, ITEM, "不对")
        with pytest.raises(Refused, match="别人来定"):
            actions.answer_objection(personnel(), objection, upheld=True, answer="对")


def test_no_word_is_decided_before_officers_could_object_or_while_an_objection_waits() -> None:
    held = county()
    own = sheet(held, "bo")
    with moment(JULY):
        with pytest.raises(Refused, match="还可以提异议"):
            actions.propose_grade(head(), own, "competent", "做得好")
        objection = actions.object_to(by("bo"), own, ITEM, "不对")
    with moment(LATER):
        with pytest.raises(Refused, match="还有异议"):
            actions.propose_grade(head(), own, "competent", "做得好")
        actions.answer_objection(personnel(), objection, upheld=False, answer="查了，没有错")
        actions.propose_grade(head(), own, "competent", "做得好")
        actions.decide_grade(leader(), own, "competent", "同意")
    assert sheet(held, "bo").decided == "competent"


def test_only_the_own_unit_s_head_proposes_and_never_about_themselves() -> None:
    held = county_with_heads()
    with moment(LATER):
        other = by("other_head", "unit_leader", of="station_wangchao")
        with pytest.raises(Refused, match="本单位负责人"):
            actions.propose_grade(other, sheet(held, "bo"), "competent", "好")
        with pytest.raises(Refused, match="别人来定"):
            actions.propose_grade(head(), sheet(held, "head"), "excellent", "我最好")
        with pytest.raises(Refused, match="还没有提出"):
            actions.decide_grade(leader(), sheet(held, "bo"), "competent", "好")


def county_with_heads() -> Round:
    head()
    return county()


def test_excellent_is_told_to_the_unit_first_and_is_for_a_part_of_all() -> None:
    """Two officers: a fifth of them is nobody."""
    held = county()
    with moment(LATER):
        with pytest.raises(Refused, match="还没有提出"):
            actions.decide_grade(leader(), sheet(held, "bo"), "excellent", "同意")
        actions.propose_grade(head(), sheet(held, "bo"), "excellent", "出色")
        assert [one.account.username for one in posted_to(account("anna"))] == ["bo"]
        assert not posted_to(account("far", of="station_wangchao"))
        with pytest.raises(Refused, match="还在本单位公示"):
            actions.decide_grade(leader(), sheet(held, "bo"), "excellent", "同意")
    with moment(LATER + timedelta(days=15)):
        assert not posted_to(account("anna"))
        with pytest.raises(Refused, match="最多"):
            actions.decide_grade(leader(), sheet(held, "bo"), "excellent", "同意")
        actions.propose_grade(head(), sheet(held, "anna"), "competent", "做到了")
        with pytest.raises(Refused, match="先由本单位提出"):
            actions.decide_grade(leader(), sheet(held, "anna"), "excellent", "我看行")


def test_a_round_ends_when_everybody_has_a_word_and_forgets_who_answered() -> None:
    held = county()
    with moment(JULY):
        answers = {"shares_work": True, "keeps_word": True, "fair_to_people": False}
        actions.answer_about_colleague(by("anna"), sheet(held, "bo"), answers)
    with moment(LATER):
        with pytest.raises(Refused, match="没有结论"):
            actions.close_round(personnel(), held)
        for name in ("anna", "bo"):
            actions.propose_grade(head(), sheet(held, name), "competent", "做到了")
            actions.decide_grade(leader(), sheet(held, name), "competent", "同意")
        actions.close_round(personnel(), held)
    assert Colleagues.objects.get(sheet=sheet(held, "bo")).marks == []
    with moment(LATER), pytest.raises(Refused, match="已经结束"):
        actions.decide_grade(leader(), sheet(held, "bo"), "partly", "改主意")


def test_what_colleagues_say_is_sums_and_shown_from_five_on() -> None:
    names = [f"colleague{nth}" for nth in range(5)]
    for name in names:
        account(name)
    held = county()
    answers = {"shares_work": True, "keeps_word": False, "fair_to_people": True}
    for name in names:
        assert said_by_colleagues(sheet(held, "bo")) is None
        with moment(JULY):
            actions.answer_about_colleague(by(name), sheet(held, "bo"), answers)
            with pytest.raises(Refused, match="每人一次"):
                actions.answer_about_colleague(by(name), sheet(held, "bo"), answers)
    said = said_by_colleagues(sheet(held, "bo"))
    assert said is not None
    assert [(yes, no) for _asks, yes, no in said] == [(5, 0), (0, 5), (5, 0)]


@pytest.mark.parametrize("who", ["bo", "stranger"])
def test_colleagues_are_of_the_unit_and_others(who: str) -> None:
    held = county()
    answers = {"shares_work": True, "keeps_word": False, "fair_to_people": True}
    asker = by("bo") if who == "bo" else by("stranger", "officer", of="station_wangchao")
    with moment(JULY), pytest.raises(Refused):
        actions.answer_about_colleague(asker, sheet(held, "bo"), answers)


def test_the_log_has_no_number_no_word_and_no_grade() -> None:
    held = county()
    with moment(LATER):
        actions.propose_grade(head(), sheet(held, "bo"), "partly", "要改的写在这里")
        actions.decide_grade(leader(), sheet(held, "bo"), "partly", "同意这样帮他")
    told = Entry.objects.filter(kind__startswith="appraisal.").values_list("text", flat=True)
    assert told
    assert not [text for text in told if "partly" in text or "要改" in text or "hit" in text]


def test_a_formula_counts_from_a_day_to_come_and_only_as_it_was_tried() -> None:
    adopted()
    with moment(JULY):
        trial = actions.try_formula(personnel(), FORMULA)
        with pytest.raises(Refused, match="以后的一天"):
            actions.adopt_formula(leader(), trial, since=LAST, why="改了")
        trial.mark = "0" * 16
        with pytest.raises(Refused, match="重新试算"):
            actions.adopt_formula(leader(), trial, since=date(2027, 1, 1), why="改了")
    assert Adoption.objects.count() == 1


def test_no_round_without_a_formula_that_was_published_before() -> None:
    account("bo")
    with moment(JULY), pytest.raises(Refused, match="还没有启用"):
        actions.open_round(personnel(), FIRST, LAST)
    adopted()
    with moment(JULY):
        with pytest.raises(Refused, match="还没有启用"):
            actions.open_round(personnel(), date(2025, 1, 1), date(2025, 6, 30))
        with pytest.raises(Refused, match="过完"):
            actions.open_round(personnel(), FIRST, date(2026, 12, 31))
        actions.open_round(personnel(), FIRST, LAST)
        with pytest.raises(Refused, match="已经考评过"):
            actions.open_round(personnel(), date(2026, 6, 1), date(2026, 7, 10))


def test_a_trial_tells_of_nobody() -> None:
    county()
    with moment(JULY):
        trial = actions.try_formula(personnel(), FORMULA)
    keys = {str(one) for one in Account.objects.values_list("username", flat=True)}
    assert not keys & set(str(trial.outcome).split("'"))
    shown = trial.outcome["items"][ITEM]["after"]
    assert all(many is None or many == 0 or many >= 5 for many in shown.values())
    assert all(row["share"] is None for row in trial.outcome["audit"]), "too few for any group"


@pytest.mark.parametrize("number", ["", "  "])
def test_the_inspectorate_writes_down_what_has_a_number(number: str) -> None:
    inspector = by("inspector", "inspector", of="bureau")
    new = actions.NewNote(account("bo"), "breach", MARCH.date(), number, "迟到")
    with moment(JULY), pytest.raises(Refused, match="文号"):
        actions.note_conduct(inspector, new)


def test_what_was_struck_no_longer_stands_on_the_sheet() -> None:
    from gongzhi.work.workforce.appraisal.selectors.sheets import notes

    inspector = by("inspector", "inspector", of="bureau")
    held = county()
    new = actions.NewNote(account("bo"), "commended", MARCH.date(), "浙公嘉〔2026〕7 号", "救人")
    with moment(JULY):
        note = actions.note_conduct(inspector, new)
        assert list(notes(sheet(held, "bo"))) == [note]
        actions.strike_conduct(inspector, note, why="登错了人")
    assert list(notes(sheet(held, "bo"))) == []
