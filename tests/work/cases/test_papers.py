"""A document that is issued shows the element it is made out for, and bears the case's number."""

from __future__ import annotations

import pytest

from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.cases import actions
from gongzhi.work.dossier import actions as dossier
from gongzhi.work.dossier.selectors import told_by
from tests.work.cases.hands import account, again, by, case, filed
from tests.work.dossier.test_paper import pytestmark as needs_a_font

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, needs_a_font]
INTAKE = {
    "channel": "电话", "person": "某某", "sex_birth": "男", "id_number": "略", "address": "澜城",
    "facts": "手机被偷", "opinion": "立案", "officers": "甲、乙",
}  # fmt: skip


def test_the_intake_record_is_what_filing_waits_for() -> None:
    made = case()
    with pytest.raises(Refused, match="受案登记表和回执"):
        actions.take_case_step(by("lead"), made, "filed")
    draft = dossier.draft_document(by("second"), made.matter, "case_intake", INTAKE)
    assert told_by(draft)["matter"] == made.number
    with pytest.raises(Refused, match="受案登记表和回执"):
        actions.take_case_step(by("lead"), made, "filed")
    dossier.issue_document(by("lead"), draft)
    assert made.matter.elements.get(code="acceptance_record").text == f"document:{draft.pk}"
    assert Entry.objects.filter(kind="matters.element_shown").count() == 1
    actions.take_case_step(by("lead"), made, "filed")
    assert again(made).matter.step == "filed"


def test_a_document_is_approved_above_the_case_and_by_nobody_on_it() -> None:
    made = case("criminal_case")
    told = {"law": "《中华人民共和国刑事诉讼法》第一百一十二条"}
    draft = dossier.draft_document(by("lead"), made.matter, "criminal_filing", told)
    actions.join_team(by("lead"), made, account("head"))
    with pytest.raises(Refused) as wrong:
        dossier.approve_document(by("head"), draft)
    assert wrong.value.code == "on_the_case"
    actions.leave_team(by("head"), made, account("head"))
    dossier.approve_document(by("head"), draft)
    issued = dossier.issue_document(by("lead"), draft)
    assert issued.number
    actions.approve_in_case(by("head"), made, "filing_approval")
    actions.take_case_step(by("lead"), made, "filed")


def test_what_an_element_is_made_of_in_one_case_is_not_in_another() -> None:
    first, second = case(), case()
    draft = dossier.draft_document(by("lead"), first.matter, "case_intake", INTAKE)
    dossier.issue_document(by("lead"), draft)
    assert not second.matter.elements.exists()
    with pytest.raises(Refused, match="受案登记表"):
        actions.take_case_step(by("lead"), second, "filed")


def test_another_unit_s_leader_approves_no_paper_of_the_case() -> None:
    made = filed()
    draft = dossier.draft_document(by("lead"), made.matter, "penalty_decision", {})
    for name in ("far_chief", "chief", "third"):
        with pytest.raises(Refused):
            dossier.approve_document(by(name), draft)
