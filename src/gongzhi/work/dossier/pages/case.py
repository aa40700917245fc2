"""One matter's documents, exhibits with their chains of hands, and evidence files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.purposes import Purpose as Reading
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.models import CaseDocument, EvidenceFile, Exhibit, Purpose
from gongzhi.work.dossier.permissions import (
    APPROVE,
    KEEP,
    VIEW,
    WRITE,
    require_page,
    require_reader,
    require_writer,
)
from gongzhi.work.dossier.selectors import hands_of, late_to_keeper, told_of


def matter_of(request: HttpRequest, key: int) -> Matter:
    """The matter, if it is one of the asker's unit, or the asker approves its documents."""
    found = Matter.objects.select_related("owner_unit").filter(pk=key, county=None).first()
    if found is None or found.procedure_item.sealed:
        raise Refused(_("没有这个案件。"), code="no_such_case", status=404)
    require_page(by_of(request), found)
    return found


@staff(VIEW)
@never_cache
@require_safe
def case(request: HttpRequest, key: int) -> HttpResponse:
    """The whole page. What documents tell is not on it: each is opened for a purpose."""
    matter = matter_of(request, key)
    return render(request, "dossier/case.html", {"matter": matter, **_seen(request, matter)})


def _seen(request: HttpRequest, matter: Matter) -> dict[str, Any]:
    exhibits = Exhibit.objects.filter(matter=matter).order_by("count")
    documents = CaseDocument.objects.filter(matter=matter).order_by("pk")
    colleagues = Account.objects.filter(unit=matter.owner_unit, is_active=True)
    return {
        "erased": matter.erasures.filter(approved=True).order_by("-pk").first(),
        "documents": documents.select_related("drafted_by", "approved_by"),
        "kinds": [
            one for one in catalogue().documents.values()
            if not one.procedures or matter.procedure in one.procedures
        ],
        "exhibits": [
            {
                "it": one,
                "late": late_to_keeper(one),
                "chain": hands_of(one),
                "offer": one.offers.filter(confirmed_at=None, withdrawn_at=None).first(),
                "photos": [file for file in one.files.all() if file.shown_id],
            }
            for one in exhibits.select_related("taken_by", "second").prefetch_related("files")
        ],
        **_evidence(request, matter),
        "colleagues": [one for one in colleagues if one != request.user and may(one, KEEP)],
        "purposes": Purpose.choices,
        "reading": Reading.choices,
        "can": {"write": may(request.user, WRITE), "keep": may(request.user, KEEP),
                "approve": may(request.user, APPROVE),
                "read": _may(require_reader, request, matter),
                "add": _may(require_writer, request, matter)},
    }  # fmt: skip


def _evidence(request: HttpRequest, matter: Matter) -> dict[str, Any]:
    """The files with what is said of them; whoever may not read sees only that there are some."""
    kept = matter.evidence_files.select_related("file", "kept_by").order_by("pk")
    reads, files = _may(require_reader, request, matter), list(kept)
    replaced = {one.replaces_id for one in files}
    return {
        "evidence": [
            {"it": one, "told": told_of(one) if reads else {}, "newer": one.pk in replaced}
            for one in files
        ],
        "evidence_kinds": EvidenceFile.Kind.choices,
        "upload_key": uuid4(),
    }


def _may(require: Callable[[Actor, Matter], object], request: HttpRequest, matter: Matter) -> bool:
    try:
        require(by_of(request), matter)
    except Refused:
        return False
    return True
