"""Drafting, approving, issuing and opening documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.pages import download
from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.models import CaseDocument
from gongzhi.work.dossier.pages.case import matter_of
from gongzhi.work.dossier.paper.docx import as_docx
from gongzhi.work.dossier.paper.pdf import as_pdf
from gongzhi.work.dossier.permissions import APPROVE, VIEW, WRITE
from gongzhi.work.dossier.selectors import facts_of, paper_of

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@staff(WRITE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    """The form of one kind of document; what the matter knows stands in it already."""
    matter, item = matter_of(request, key), catalogue().documents.get(kind)
    if item is None:
        raise Refused(_("没有这种文书。"), code="no_such_document", status=404)
    version = item.version_on(timezone.localdate(now()))
    if request.method == "POST":
        codes = [one.code for one in version.fields]
        values = {code: request.POST[code][:8000] for code in codes if code in request.POST}
        actions.draft_document(by_of(request), matter, kind, values)
        return redirect("dossier:case", key)
    known = facts_of(matter, version)
    fields = [(one, known.get(one.code, "")) for one in version.fields]
    here = {"matter": matter, "item": item, "version": version, "fields": fields}
    return render(request, "dossier/draft.html", here)


@staff(APPROVE)
@require_POST
def approve(request: HttpRequest, key: int) -> HttpResponse:
    """Approve a draft."""
    document = actions.approve_document(by_of(request), _document(request, key))
    return redirect("dossier:case", document.matter_id)


@staff(WRITE)
@require_POST
def issue(request: HttpRequest, key: int) -> HttpResponse:
    """Number it and freeze it."""
    document = actions.issue_document(by_of(request), _document(request, key))
    return redirect("dossier:case", document.matter_id)


@staff(VIEW)
@require_POST
def read(request: HttpRequest, key: int) -> HttpResponseBase:
    """The file itself, for a purpose: the issued one, or the draft as it stands."""
    document = _document(request, key)
    form = "docx" if request.POST.get("form") == "docx" else "pdf"
    actions.read_document(by_of(request), document, purpose=request.POST.get("purpose", ""))
    file = document.docx if form == "docx" else document.pdf
    name = f"{document.item.title}{document.number}.{form}"
    if file is None:
        made = as_docx(paper_of(document)) if form == "docx" else as_pdf(paper_of(document))
        answer: HttpResponseBase = HttpResponse(made, content_type=TYPES[form])
        answer["Content-Disposition"] = f'attachment; filename="{document.pk}.{form}"'
    else:
        answer = download(file, name)
        answer["Content-Type"] = TYPES[form]
    answer["Cache-Control"] = "no-store"
    return answer


def _document(request: HttpRequest, key: int) -> CaseDocument:
    document = CaseDocument.objects.select_related("matter").filter(pk=key).first()
    if document is None:
        raise Refused(_("没有这份文书。"), code="no_such_document", status=404)
    matter_of(request, document.matter_id)
    return document
