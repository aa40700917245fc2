"""What the page of a case offers and when: deeds that go together, forms that come back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from gongzhi.base.log.actions import moment
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases import actions
from gongzhi.work.cases.models import Case, CaseDeed
from tests.work.cases.hands import again, by, case, filed, suspected
from tests.work.cases.test_pages import browser, post, text
from tests.work.cases.test_persons import BEGAN, DAY, HOUR, begin, investigated, running

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_refused_form_comes_back_with_what_was_typed_and_the_sentence_beside_it() -> None:
    made = filed()
    here = f"/cases/{made.pk}"
    suspected(made, 2)
    actions.approve_in_case(by("chief"), made, "summons_approval")
    for path, told, status, sentence in (
        ("begin/", {"deed": "summons"}, 422, "请选是谁。"),
        ("task/", {"words": "调取监控", "lead": "0", "due_at": "2026-11-30T18:00"}, 422,
         "请选一个人。"),
        ("party/", {"role": "victim", "name": " ", "phone": "13800000000"}, 400, "请写姓名"),
        ("step/questioned/", {"questioning_officers": "1", "family_told": "已电话通知其父"}, 400,
         "至少要有 2 人。"),
    ):  # fmt: skip
        answer = browser("lead").post(f"{here}/{path}", told)
        page = answer.content.decode()
        assert answer.status_code == status, path
        assert "case-page" in page
        assert sentence in page
        kept = [value for value in told.values() if value.strip() and value != "0"]
        assert all(value in page for value in kept), path
        assert 'role="alert"' in page
    assert post("third", f"{here}/begin/", deed="summons") == 403


def test_a_case_in_the_archive_takes_no_more_parties_and_gives_no_more_codes() -> None:
    made = filed()
    victim = actions.add_party(by("lead"), made, "victim", {"name": "某某"})
    page = text(browser("lead"), f"/cases/{made.pk}/")
    assert "给查询码" in page
    Case.objects.filter(pk=made.pk).update(archived_at=BEGAN, manifest="a" * 64)
    page = text(browser("lead"), f"/cases/{made.pk}/")
    assert "给查询码" not in page
    assert 'id="party"' not in page
    with pytest.raises(Refused):
        actions.add_party(by("lead"), Case.objects.get(pk=made.pk), "victim", {"name": "又一个"})
    with pytest.raises(Refused):
        actions.give_receipt(by("lead"), Case.objects.get(pk=made.pk), victim)


def test_what_goes_with_a_detention_is_offered_and_taken_only_while_one_lasts() -> None:
    made, (first, second) = investigated()
    assert 'value="detention_told"' not in text(browser("lead"), f"/cases/{made.pk}/")
    with pytest.raises(Refused) as before:
        begin(made, "detention_told", first)
    assert before.value.code == "not_during"
    begin(made, "detention", first)
    assert 'value="detention_told"' in text(browser("lead"), f"/cases/{made.pk}/")
    with pytest.raises(Refused):
        begin(made, "detention_told", second)
    begin(made, "detention_told", first)


def test_a_review_can_be_asked_for_when_the_case_is_closed() -> None:
    made = case("criminal_case")
    actions.add_party(by("lead"), made, "complainant", {"name": "某"})
    actions.approve_in_case(by("head"), made, "check_approval")
    actions.take_case_step(by("lead"), made, "review", elements={"acceptance_record": "登记表"})
    actions.approve_in_case(by("head"), made, "no_filing_approval")
    actions.take_case_step(by("lead"), made, "not_filed", elements={"no_filing_notice": "通知书"})
    assert again(made).matter.closed_at is not None
    begin(made, "review_asked")
    assert "crm_007" in running(made, again(made).matter.parties.get())
    with pytest.raises(Refused) as over:
        begin(made, "referral")
    assert over.value.code in {"closed", "deed_out_of_order"}


def test_a_report_is_examined_within_a_day_or_three_where_it_is_complex() -> None:
    with moment(BEGAN):
        made = case()
    assert running(made) == {"inc_08": BEGAN + DAY}
    with moment(BEGAN + HOUR):
        begin(made, "complex_report")
    assert set(running(made)) == {"inc_09"}
    with moment(BEGAN + 2 * HOUR):
        actions.take_case_step(
            by("lead"), made, "filed", elements={"acceptance_record": "受案登记表"}
        )
    assert set(running(made)) == {"adm_036"}


def test_custody_of_somebody_unknown_counts_from_the_day_they_are_identified() -> None:
    with moment(BEGAN):
        made, (first, second) = investigated()
        begin(made, "arrest", first)
        begin(made, "arrest_unidentified", second)
    assert "crm_054" in running(made, first)
    assert set(running(made, second)) == {"crm_052", "crm_053"}
    with moment(BEGAN + HOUR):
        begin(made, "arrest_interrogated", second)
        begin(made, "arrest_told", second)
    page = text(browser("lead"), f"/cases/{made.pk}/")
    assert "嫌疑人乙：逮捕（身份不明）" in page[: page.index("steps-box")]
    actions.end_deed(by("lead"), made, CaseDeed.objects.get(party=first))
    assert "没有在计的期限" in text(browser("lead"), "/cases/")
    with moment(BEGAN + 20 * DAY):
        begin(made, "identified", second)
    due = running(made, second)["crm_054"]
    assert due is not None
    assert timezone.localtime(due - HOUR).strftime("%Y-%m-%d") == "2026-11-21"
    with moment(BEGAN + 21 * DAY), pytest.raises(Refused) as known:
        begin(made, "identified", first)
    assert known.value.code == "not_during"
    with moment(BEGAN + 22 * DAY):
        deed = CaseDeed.objects.get(party=second, code="arrest_unidentified")
        actions.end_deed(by("lead"), made, deed)
    assert not running(made, second)
