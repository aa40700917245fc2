"""One's own: declare a gift or an interest; reports that are due; recusals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.integrity import actions
from gongzhi.work.workforce.integrity.forms import DeclareForm
from gongzhi.work.workforce.integrity.selectors.checks import reports_of


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What one has declared, and a form for more."""
    form, account = DeclareForm(request.POST or None), account_of(request)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.declare(by_of(request), account, **form.cleaned_data)
            messages.success(request, _("申报好了。"))
            return redirect("integrity:mine")
    here = {
        "form": form, "reports": reports_of(account),
        "declared": account.declarations.order_by("-pk")[:50],
        "recusals": account.recusals.select_related("matter").order_by("-pk")[:50],
    }  # fmt: skip
    return render(request, "integrity/mine.html", here, status=422 if form.is_bound else 200)


@staff()
@require_POST
def report(request: HttpRequest, code: str) -> HttpResponse:
    """“I have reported.”"""
    actions.report_made(by_of(request), account_of(request), code)
    messages.success(request, _("记下了。"))
    return redirect("integrity:mine")
