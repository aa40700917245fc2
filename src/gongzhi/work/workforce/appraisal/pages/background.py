"""What one tells of oneself for the audit of fairness, and how it is erased."""

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
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.forms import BackgroundForm
from gongzhi.work.workforce.appraisal.selectors.auditing import LEAST_PEOPLE
from gongzhi.work.workforce.appraisal.selectors.backgrounds import own_background


@staff()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def background(request: HttpRequest) -> HttpResponse:
    """One's own, to tell, to change or to leave empty."""
    told = own_background(account_of(request))
    form = BackgroundForm(request.POST or None, initial=dict(told))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            actions.tell_background(by_of(request), **form.cleaned_data)
            messages.success(request, _("记下了，只用来看办法对各组公不公平。"))
            return redirect("appraisal:background")
    here = {"form": form, "told": told, "least": LEAST_PEOPLE}
    status = 422 if request.method == "POST" else 200
    return render(request, "appraisal/background.html", here, status=status)


@staff()
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Take it back."""
    actions.erase_background(by_of(request))
    messages.success(request, _("清除了。"))
    return redirect("appraisal:background")
