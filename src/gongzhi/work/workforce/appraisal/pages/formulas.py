"""The published formula, what changing it would have done, and since when it counts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.kinds.appraisal import Appraisal
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.appraisal import actions
from gongzhi.work.workforce.appraisal.forms import AdoptForm
from gongzhi.work.workforce.appraisal.formulas import mark_of
from gongzhi.work.workforce.appraisal.models import Adoption, Trial
from gongzhi.work.workforce.appraisal.permissions import DECIDE, RUN
from gongzhi.work.workforce.appraisal.selectors.backgrounds import name_of
from gongzhi.work.workforce.appraisal.selectors.formulas import changes, formulas, in_force
from gongzhi.work.workforce.appraisal.states import Says


@staff()
@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every formula of the catalogue, which one counts, and the history."""
    here = {
        "known": formulas(), "adopted": in_force(now().date()),
        "history": Adoption.objects.select_related("by").order_by("-since", "-at"),
        "runs": may(account_of(request), RUN),
    }  # fmt: skip
    return render(request, "appraisal/formulas.html", here)


@staff()
@never_cache
@require_safe
def formula(request: HttpRequest, code: str) -> HttpResponse:
    """All that a formula says."""
    one = catalogue().appraisals.get(code)
    if one is None:
        raise Http404
    here = {"formula": one, "mark": mark_of(one), "runs": may(account_of(request), RUN)}
    return render(request, "appraisal/formula.html", here)


@staff(RUN)
@require_POST
def try_it(request: HttpRequest, code: str) -> HttpResponse:
    """Count the last year by it."""
    return redirect("appraisal:trial", actions.try_formula(by_of(request), code).pk)


@staff()
@never_cache
@require_safe
def trial(request: HttpRequest, key: int) -> HttpResponse:
    """What it would have said, in counts of people."""
    return _shown(request, get_object_or_404(Trial, pk=key), AdoptForm())


@staff(DECIDE)
@require_POST
def adopt(request: HttpRequest, key: int) -> HttpResponse:
    """From a day to come on, it counts."""
    one, form = get_object_or_404(Trial, pk=key), AdoptForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            actions.adopt_formula(by_of(request), one, **form.cleaned_data)
            messages.success(request, _("启用了，从那天起的工作按它考评。"))
            return redirect("appraisal:formulas")
    return _shown(request, one, form)


def _changes(one: Trial, item: Appraisal | None) -> list[str]:
    """Beside the formula that was in force when it was tried."""
    adopted = in_force(one.last)
    before = catalogue().appraisals.get(adopted.formula) if adopted else None
    return changes(before, item) if item else []


def _named(row: dict[str, Any]) -> str:
    return str(name_of(row["grouping"], row["name"]))


def _shown(request: HttpRequest, one: Trial, form: AdoptForm) -> HttpResponse:
    item = catalogue().appraisals.get(one.formula)
    items = [(item.item(code) if item else None, code, told)
             for code, told in one.outcome["items"].items()]  # fmt: skip
    shown = [
        (described.name if described else code,
         [(says.label, told["before"][says.value], told["after"][says.value])
          for says in Says if says.value in told["after"]], told["elsewhere"])
        for described, code, told in items
    ]  # fmt: skip
    names = {code: described.name if described else code for described, code, _told in items}
    told = [row for row in one.outcome["audit"] if row["share"] is not None]
    audit = [
        row | {"item": names.get(row["item"], row["item"]), "name": _named(row)} for row in told
    ]
    small = sorted({_named(row) for row in one.outcome["audit"]} - {row["name"] for row in audit})
    here = {
        "trial": one, "formula": item, "changes": _changes(one, item), "items": shown,
        "audit": audit, "small": small, "form": form,
        "decides": may(account_of(request), DECIDE) and item is not None
        and mark_of(item) == one.mark,
    }  # fmt: skip
    return render(request, "appraisal/trial.html", here, status=422 if form.errors else 200)
