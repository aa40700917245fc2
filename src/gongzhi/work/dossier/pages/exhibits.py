"""Taking exhibits, offering them and confirming."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.files.uploads import seals_uploads
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dossier import actions
from gongzhi.work.dossier.models import Exhibit, ExhibitOffer
from gongzhi.work.dossier.pages.case import matter_of
from gongzhi.work.dossier.pages.evidence import photo_in
from gongzhi.work.dossier.permissions import KEEP

LONGEST = {"name": 120, "quantity": 40, "found_at": 200, "features": 2000, "witness": 80,
           "seal_number": 40, "where": 120, "outside": 120, "basis": 120}  # fmt: skip


@seals_uploads
@staff(KEEP)
@require_POST
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Take a thing as evidence."""
    names = ("name", "quantity", "found_at", "features", "witness", "seal_number")
    told = _told(request, *names)
    second, photo = _account(request, "second"), photo_in(request, "photo")
    matter = matter_of(request, key)
    actions.take_exhibit(by_of(request), matter, second=second, photo=photo, **told)
    return redirect("dossier:case", key)


@seals_uploads
@staff(KEEP)
@require_POST
def offer(request: HttpRequest, key: int) -> HttpResponse:
    """Offer an exhibit to a colleague, who confirms."""
    exhibit = Exhibit.objects.select_related("matter").filter(pk=key).first()
    to = _account(request, "to")
    if exhibit is None or to is None:
        raise Refused(_("请选择物证和接收人。"), code="no_such_exhibit", status=404)
    told = _told(request, "where", "outside", "basis", "seal_number")
    whole = request.POST.get("seal_broken") != "yes"
    purpose = request.POST.get("purpose", "")
    photo = photo_in(request, "photo")
    actions.offer_exhibit(
        by_of(request), exhibit, purpose, to, seal_intact=whole, photo=photo, **told
    )
    return redirect("dossier:case", exhibit.matter_id)


@seals_uploads
@staff(KEEP)
@require_POST
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm that it was taken over."""
    photo = photo_in(request, "photo")
    exhibit = actions.confirm_offer(by_of(request), _offer(key), photo=photo)
    return redirect("dossier:case", exhibit.matter_id)


@staff(KEEP)
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Let it stay where it is."""
    found = _offer(key)
    actions.withdraw_offer(by_of(request), found)
    return redirect("dossier:case", found.exhibit.matter_id)


def _told(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.POST.get(name, "")[: LONGEST[name]] for name in names}


def _account(request: HttpRequest, name: str) -> Account | None:
    return Account.objects.filter(pk=id_in(request.POST.get(name)), is_active=True).first()


def _offer(key: int) -> ExhibitOffer:
    found = ExhibitOffer.objects.select_related("exhibit").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这次交接。"), code="no_such_offer", status=404)
    return found
