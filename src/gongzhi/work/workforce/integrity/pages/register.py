"""The register as inspectors see it: powers against the log, sensitive posts, declarations."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.integrity import actions
from gongzhi.work.workforce.integrity.models import Declaration
from gongzhi.work.workforce.integrity.permissions import OVERSEE
from gongzhi.work.workforce.integrity.selectors.checks import (
    long_in_sensitive_posts,
    powers_checked,
)
from gongzhi.work.workforce.integrity.states import Outcome


@staff(OVERSEE)
@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Powers and posts; how many declarations wait, which open by a press."""
    here = {
        "powers": powers_checked(), "posts": long_in_sensitive_posts(),
        "waiting": Declaration.objects.filter(outcome="").count(),
    }  # fmt: skip
    return render(request, "integrity/register.html", here)


@staff(OVERSEE)
@never_cache
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """The declarations: that they were read is on the log."""
    here = {"rows": actions.open_register(by_of(request)), "outcomes": Outcome.choices}
    return render(request, "integrity/opened.html", here)


@staff(OVERSEE)
@require_POST
def settle(request: HttpRequest, key: int) -> HttpResponse:
    """What becomes of one."""
    found = Declaration.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这个申报。"), code="no_such_declaration", status=404)
    actions.settle(by_of(request), found, request.POST.get("outcome", ""))
    messages.success(request, _("处理好了，本人看得到。"))
    return redirect("integrity:register")
