"""The register of recordings: that they are there, how long they are kept. Nothing plays one."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.supervision import actions
from gongzhi.watch.supervision.actions.recording import NewRecording
from gongzhi.watch.supervision.models import Recording
from gongzhi.watch.supervision.permissions import OVERSEE, RECORDINGS, REGISTER
from gongzhi.work.dossier.selectors import matter_numbered

A_PAGE = 50


@staff(RECORDINGS)
@never_cache
@require_safe
def recordings(request: HttpRequest) -> HttpResponse:
    """The own unit's recordings; for those who oversee, every unit's."""
    found = Recording.objects.select_related("matter", "unit").order_by("-pk")
    if not may(request.user, OVERSEE):
        found = found.filter(unit=account_of(request).unit_id)
    here = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "kinds": Recording.Kind.choices,
        "can_register": may(request.user, REGISTER),
    }
    return render(request, "supervision/recordings.html", here)


@staff(REGISTER)
@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Register one."""
    told = {name: request.POST.get(name, "").strip()[:120] for name in ("kind", "stored_at")}
    new = NewRecording(
        **told,
        sha256=request.POST.get("sha256", "").strip().lower(),
        begun_at=_moment(request, "begun_at"),
        ended_at=_moment(request, "ended_at"),
        keep_until=_day(request, "keep_until"),
    )
    matter = matter_numbered(request.POST.get("number", "").strip())
    actions.register_recording(by_of(request), matter, new)
    messages.success(request, _("已登记。"))
    return redirect("supervision:recordings")


def _moment(request: HttpRequest, name: str) -> datetime:
    try:
        at = datetime.fromisoformat(request.POST.get(name, ""))
    except ValueError as wrong:
        raise _no_time(name) from wrong
    return at if at.tzinfo else timezone.make_aware(at, timezone.get_default_timezone())


def _day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError as wrong:
        raise _no_time(name) from wrong


def _no_time(name: str) -> Refused:
    words = _("请写日期和时间，例如 2026-11-24 09:30。")
    return Refused(words, code="time", status=422, fields={name: words})
