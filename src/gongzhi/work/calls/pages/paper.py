"""The paper that stands by when everything is away, and entering it afterwards."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.calls.actions import enter_slips
from gongzhi.work.calls.forms.slips import SlipFormSet, Slips
from gongzhi.work.calls.models import PaperSlip
from gongzhi.work.calls.permissions import ENTER_PAPER, TAKE
from gongzhi.work.calls.selectors import call_of_key, incident_categories
from gongzhi.work.calls.sheet import ASKED, SAID

COPIES = 20
"""Sheets printed at once, at most."""


@staff(TAKE)
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The form on A4, to print ahead: as many as are asked for, in both languages."""
    copies = min(max(id_in(request.GET.get("n", "")) or 1, 1), COPIES)
    grave = [one for one in incident_categories() if one.priority <= 2]
    here: dict[str, object] = {"copies": range(copies), "n": copies, "most": COPIES, "grave": grave}
    here |= {"said": SAID, "asked": ASKED}
    return render(request, "calls/paper.html", here)


@staff(ENTER_PAPER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Rows of slips: all are entered, or, where something is wrong, none, and it is said where."""
    rows = cast("Slips", SlipFormSet(request.POST or None))
    refused: Refused | None = None
    if request.method == "POST" and rows.is_valid():
        slips = rows.slips()
        unknown = [slip for slip in slips if call_of_key(slip.key) is None]
        try:
            calls = enter_slips(by_of(request), unknown) if unknown else []
        except Refused as wrong:
            refused = wrong
        else:
            if slips:
                messages.success(request, _said(len(calls), len(slips) - len(calls)))
                return redirect("calls:enter_paper")
    here = {
        "rows": rows,
        "refused": refused,
        "empty": rows.is_bound and rows.is_valid() and not rows.slips(),
        "lately": PaperSlip.objects.select_related(
            "call__matter__narrative", "entered_by"
        ).order_by("-entered_at", "-pk")[:20],
    }
    return render(request, "calls/enter_paper.html", here, status=422 if rows.is_bound else 200)


def _said(entered: int, known: int) -> str:
    said = ngettext("补录了 %(n)s 张。", "补录了 %(n)s 张。", entered) % {"n": entered}
    if not known:
        return said
    before = ngettext("有 %(n)s 张以前录过。", "有 %(n)s 张以前录过。", known) % {"n": known}
    return _("%(entered)s%(before)s") % {"entered": said, "before": before}
