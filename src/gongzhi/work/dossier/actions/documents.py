"""Documents: drafted, approved, issued once under the next number, and read on the record."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.document import Document
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.actions import keep_sealed
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import show_element
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.people.sealing import seal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.events import (
    DOCUMENT_APPROVED,
    DOCUMENT_DRAFTED,
    DOCUMENT_ISSUED,
    DOCUMENT_READ,
)
from gongzhi.work.dossier.models import CaseDocument, NumberSeries
from gongzhi.work.dossier.paper.docx import as_docx
from gongzhi.work.dossier.paper.pdf import as_pdf
from gongzhi.work.dossier.permissions import require_approver, require_reader, require_writer
from gongzhi.work.dossier.selectors import facts_of, paper_of, told_by

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@action
def draft_document(by: Actor, matter: Matter, kind: str, values: Mapping[str, str]) -> CaseDocument:
    """Draft a document: what the matter knows by itself is filled in, the rest is `values`."""
    author = require_writer(by, matter)
    item = _item(matter, kind)
    version = item.version_on(timezone.localdate(now()))
    unknown = set(values) - {field.code for field in version.fields}
    if unknown:
        raise Refused(_("文书里没有这一栏。"), code="no_such_field")
    told = {**facts_of(matter, version), **{k: v for k, v in values.items() if v.strip()}}
    made = CaseDocument.objects.create(
        matter=matter, kind=kind, version=version.code, sealed=seal(told),
        drafted_by=author, drafted_at=now(),
    )  # fmt: skip
    record(DOCUMENT_DRAFTED, matter, document=made.pk, paper=kind)
    return made


def _item(matter: Matter, kind: str) -> Document:
    item = catalogue().documents.get(kind)
    if item is None or (item.procedures and matter.procedure not in item.procedures):
        raise Refused(_("这类案件没有这种文书。"), code="no_such_document")
    return item


@action
def approve_document(by: Actor, document: CaseDocument) -> CaseDocument:
    """Approve a draft; never one's own."""
    held = _draft(document)
    held.approved_by, held.approved_at = require_approver(by, held), now()
    held.save(update_fields=["approved_by", "approved_at"])
    record(DOCUMENT_APPROVED, held.matter, document=held.pk, paper=held.kind)
    return held


@action
def issue_document(by: Actor, document: CaseDocument) -> CaseDocument:
    """Give it the next number and freeze it: both files are made, kept, and hashed on the log."""
    held = _draft(document)
    require_writer(by, held.matter)
    _require_ready(held)
    held.issued_at = now()
    day = timezone.localdate(held.issued_at)
    if held.item.word:
        held.year, held.count = day.year, NumberSeries.take(held.kind, day.year)
    paper = paper_of(held, day)
    held.pdf = keep_sealed(by, as_pdf(paper), held.matter, media_type=PDF)
    held.docx = keep_sealed(by, as_docx(paper), held.matter, media_type=DOCX)
    held.save()
    record(
        DOCUMENT_ISSUED, held.matter, document=held.pk, paper=held.kind,
        year=held.year, count=held.count, pdf=held.pdf.sha256, docx=held.docx.sha256,
    )  # fmt: skip
    _fulfil(by, held)
    return held


def _fulfil(by: Actor, held: CaseDocument) -> None:
    """Show the element that the document is made out for, where the matter asks for it."""
    code = held.item.fulfils
    asked = {one.code for step in held.matter.version_item.steps for one in step.elements}
    if code in asked:
        show_element(by, held.matter, code, f"document:{held.pk}")


@action
def read_document(by: Actor, document: CaseDocument, *, purpose: str) -> CaseDocument:
    """Look at what it tells: who, what for and when stays on the log."""
    require_reader(by, document.matter)
    if purpose not in Purpose.values:
        raise Refused(_("请选择查看的用途。"), code="no_purpose", fields={"purpose": _("请选择")})
    if document.erased_at is not None:
        raise Refused(_("文件已经依法清除。"), code="file_erased", status=410)
    record(
        DOCUMENT_READ, document.matter, document=document.pk, paper=document.kind, purpose=purpose
    )
    return document


def _draft(document: CaseDocument) -> CaseDocument:
    held = CaseDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if held.issued_at is not None or held.erased_at is not None:
        raise Refused(_("这份文书已经制发，不能再改。"), code="already_issued", status=409)
    return held


def _require_ready(held: CaseDocument) -> None:
    if held.item.approved_by and held.approved_at is None:
        raise Refused(_("这份文书还没有批准，不能制发。"), code="not_approved", status=409)
    told = told_by(held)
    missing = [
        str(one.name) for one in held.version_item.fields if one.required and not told.get(one.code)
    ]
    if missing:
        words = _("还有必填的内容没有写：%(names)s。") % {"names": _("、").join(missing)}
        raise Refused(words, code="fields_missing", status=409)
