"""Opening a case, from an incident of the unit or directly."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.ui.forms import refused_in
from gongzhi.base.ui.ids import id_in
from gongzhi.work.cases import actions
from gongzhi.work.cases.actions import NewCase
from gongzhi.work.cases.forms import OpeningForm
from gongzhi.work.cases.permissions import WORK
from gongzhi.work.cases.selectors.lists import open_incidents

MOST = 8


@staff(WORK)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """The form. Chosen from an incident, it has its kind, place and words in it already."""
    account = account_of(request)
    incidents = open_incidents(account)
    key = id_in(request.GET.get("incident") or request.POST.get("incident"))
    source = incidents.filter(pk=key).first() if key else None
    first = {"lead": account.pk, "procedure": "administrative_case"}
    if source is not None:
        told = {"category": source.category, "words": source.narrative.words}
        first |= {"incident": source.pk, "place": source.narrative.place, **told}
    form = OpeningForm(request.POST or None, initial=first, officers=_officers(account))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            new = NewCase(**{**form.cleaned_data, "incident": source})
            made = actions.open_case(by_of(request), new)
            messages.success(request, _("已开立 %(number)s。") % {"number": made.number})
            return redirect("cases:case", made.pk)
    here: dict[str, Any] = {"form": form, "source": source, "incidents": incidents[:MOST]}
    status = 422 if form.is_bound else 200
    return render(request, "cases/open.html", here, status=status)


def _officers(account: Account) -> list[Account]:
    colleagues = Account.objects.filter(unit=account.unit, is_active=True).order_by("pk")
    return [one for one in colleagues.select_related("unit") if may(one, WORK)]
