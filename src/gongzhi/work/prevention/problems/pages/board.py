"""Rises that wait for somebody's judgement, and the board of problems."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems import actions, selectors
from gongzhi.work.prevention.problems.models import Rise
from gongzhi.work.prevention.problems.pages.reading import choices_of_units, unit_chosen
from gongzhi.work.prevention.problems.permissions import JUDGE, VIEW
from gongzhi.work.prevention.problems.selectors.board import columns
from gongzhi.work.prevention.problems.states import Reason


@staff(VIEW)
@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What rose beyond chance and nobody has judged, and all problems by stage."""
    account = account_of(request)
    judges = may(account, JUDGE)
    rises = selectors.open_rises()
    here = {
        "rises": rises,
        "judges": judges,
        "record": selectors.record_of_rises(),
        "columns": columns(),
        "units": choices_of_units() if judges and rises else [],
        "reasons": Reason.choices,
        "own_unit": account.unit_id,
    }
    return render(request, "problems/board.html", here)


@staff(JUDGE)
@require_POST
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    """It is one: a problem is opened."""
    problem = actions.confirm_rise(
        by_of(request), _rise(key),
        title=request.POST.get("title", ""), unit=unit_chosen(request),
    )  # fmt: skip
    messages.success(request, _("已确认，立为防范问题。"))
    return redirect("problems:problem", problem.pk)


@staff(JUDGE)
@require_POST
def dismiss(request: HttpRequest, key: int) -> HttpResponse:
    """It is none."""
    by, reason = by_of(request), request.POST.get("reason", "")
    actions.dismiss_rise(by, _rise(key), reason=reason)
    messages.success(request, _("已排除。这一带同类的上升四周内不再提醒。"))
    return redirect("problems:board")


def _rise(key: int) -> Rise:
    found = Rise.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这条异常上升。"), code="no_such_rise", status=404)
    return found
