"""One matter's documents, exhibits with their chains of hands, and evidence files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.people.purposes import Purpose as Reading
from gongzhi.base.ui.errors import Refused
from gongzhi.work.dossier.models import CaseDocument, Exhibit, Purpose
from gongzhi.work.dossier.permissions import APPROVE, KEEP, VIEW, WRITE, require_page
from gongzhi.work.dossier.selectors import hands_of, late_to_keeper


def by_of(request: HttpRequest) -> Actor:
    """The signed-in member of staff, as actions want them."""
    assert isinstance(request.user, Account)  # noqa: S101  (the mark on the view)
    return Actor.account(request.user)


def matter_of(request: HttpRequest, key: int) -> Matter:
    """The matter, if it is one of the asker's unit, or the asker approves its documents."""
    found = Matter.objects.select_related("owner_unit").filter(pk=key, county=None).first()
    if found is None:
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
            }
            for one in exhibits.select_related("taken_by", "second")
        ],
        "evidence": matter.evidence_files.select_related("file", "kept_by").order_by("pk"),
        "colleagues": [one for one in colleagues if one != request.user and may(one, KEEP)],
        "purposes": Purpose.choices,
        "reading": Reading.choices,
        "can": {"write": may(request.user, WRITE), "keep": may(request.user, KEEP),
                "approve": may(request.user, APPROVE)},
    }  # fmt: skip
