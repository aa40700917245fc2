"""A document is written from what the case knows, approved by another, numbered once, frozen."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.files.contents import whole
from gongzhi.base.log.actions import moment
from gongzhi.base.log.models import Entry
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.models import CaseDocument
from gongzhi.work.dossier.selectors import told_by
from tests.work.dossier.hands import case, somebody, station
from tests.work.dossier.test_paper import pytestmark as needs_a_font
from tests.work.dossier.test_paper import said

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, needs_a_font]
FILING = {"law": "《中华人民共和国刑事诉讼法》第一百一十二条"}


def test_what_the_case_knows_stands_on_the_paper_by_itself() -> None:
    by, matter = somebody("first"), case()
    made = actions.draft_document(by, matter, "criminal_filing", FILING)
    assert told_by(made)["matter"] == matter.number
    assert matter.number.encode() not in bytes(made.sealed)


def test_it_is_approved_by_another_numbered_once_and_then_never_changes() -> None:
    by, head, matter = somebody("first"), somebody("head", "commander"), case()
    made = actions.draft_document(by, matter, "criminal_filing", FILING)
    with pytest.raises(Refused, match="还没有批准"):
        actions.issue_document(by, made)
    with pytest.raises(Refused):
        actions.approve_document(by, made)
    actions.approve_document(head, made)
    with moment(datetime(2026, 12, 31, 17, tzinfo=UTC)):  # already the next year here
        issued = actions.issue_document(by, made)
    assert issued.number == "公立字〔2027〕1号"
    for again in (actions.issue_document, actions.approve_document):
        with pytest.raises(Refused, match="已经制发"):
            again(by, issued)
    assert issued.pdf is not None
    content = whole(issued.pdf)
    assert "公立字〔2027〕1号" in said(content).replace(" ", "")
    entry = Entry.objects.get(kind="dossier.document_issued")
    assert hashlib.sha256(content).hexdigest() in entry.text


def test_numbers_have_no_gap_even_when_an_issue_fails() -> None:
    by, head, matter = somebody("first"), somebody("head", "commander"), case()
    numbers = []
    for n in range(4):
        told = FILING if n != 2 else {}  # the third lacks what must be written
        made = actions.draft_document(by, matter, "criminal_filing", told)
        actions.approve_document(head, made)
        try:
            with transaction.atomic():
                numbers.append(actions.issue_document(by, made).count)
                if n == 1:
                    raise InterruptedError  # the machine fails after the number was taken
        except (Refused, InterruptedError):
            pass
    issued = CaseDocument.objects.filter(count__isnull=False).values_list("count", flat=True)
    assert sorted(issued) == [1, 2]


def test_a_number_without_an_issued_paper_cannot_be() -> None:
    by, matter = somebody("first"), case()
    two = [actions.draft_document(by, matter, "seizure_list", {}) for _ in range(2)]
    CaseDocument.objects.filter(pk=two[0].pk).update(year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseDocument.objects.filter(pk=two[1].pk).update(count=1)  # a number, but not issued


def test_nobody_approves_what_they_drafted_themselves() -> None:
    both = somebody("both", "case_officer")
    account = both.source
    account.roles = ["case_officer", "commander"]
    account.save()
    made = actions.draft_document(both, case(), "criminal_filing", FILING)
    with pytest.raises(Refused, match="由别人批准"):
        actions.approve_document(both, made)


def test_another_unit_neither_writes_nor_reads_it_and_each_look_is_logged() -> None:
    by, matter = somebody("first"), case()
    stranger = somebody("far", unit=station("other"))
    made = actions.draft_document(by, matter, "criminal_filing", FILING)
    for attempt in (
        lambda: actions.draft_document(stranger, matter, "criminal_filing", FILING),
        lambda: actions.read_document(stranger, made, purpose="handle"),
        lambda: actions.read_document(by, made, purpose=""),
        lambda: actions.read_document(by, made, purpose="other"),
    ):
        with pytest.raises(Refused):
            attempt()
    actions.read_document(by, made, purpose="handle")
    assert Entry.objects.filter(kind="dossier.document_read").count() == 1


def test_whoever_approves_can_read_what_there_is_to_approve_whichever_unit_wrote_it() -> None:
    bureau, other = station("bureau"), station("elsewhere")
    head = somebody("head", "commander", bureau)
    made = actions.draft_document(somebody("first"), case(), "criminal_filing", FILING)
    actions.read_document(head, made, purpose="handle")
    with pytest.raises(Refused, match="请由他们办理"):
        actions.read_document(somebody("third", unit=other), made, purpose="handle")
