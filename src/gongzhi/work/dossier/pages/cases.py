"""The unit's case files, and the way to one by its number."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.work.dossier.models import CaseDocument, Exhibit
from gongzhi.work.dossier.permissions import APPROVE, VIEW
from gongzhi.work.dossier.selectors import matter_numbered

MOST = 100


def _cases() -> list[str]:
    return [one.code for one in catalogue().procedures.values() if one.kind == "case"]


@staff(VIEW)
@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Matters with a document or exhibit, the newest first; for those who approve, every unit's."""
    if number := request.GET.get("number", "").strip():
        return redirect("dossier:case", matter_numbered(number).pk)
    has = Q(Exists(CaseDocument.objects.filter(matter=OuterRef("pk")))) | Q(
        Exists(Exhibit.objects.filter(matter=OuterRef("pk")))
    )
    found = Matter.objects.filter(has, county=None).select_related("owner_unit")
    found = found.exclude(procedure__in=_cases())  # they have a list of their own
    if not may(request.user, APPROVE):
        found = found.filter(owner_unit=by_of(request).source.unit)
    return render(request, "dossier/cases.html", {"matters": found.order_by("-pk")[:MOST]})
