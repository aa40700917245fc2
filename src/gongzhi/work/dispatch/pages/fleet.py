"""Units and their shifts, for those who look after them; who is on now, for all at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.forms import refused_in
from gongzhi.base.ui.ids import id_in
from gongzhi.work.dispatch import actions
from gongzhi.work.dispatch.kept import KEPT
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.permissions import KEEP, SEE, keeps, may_state
from gongzhi.work.dispatch.selectors.fleet import (
    fleet,
    fleet_row,
    fleet_unit,
    shift_of,
    statuses_open_to,
)
from gongzhi.work.dispatch.unit_forms import NewUnitForm, ShiftForm, UnitForm

FORM = ["GET", "HEAD", "POST"]


@staff(SEE)
@never_cache
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Every unit by station; ``?station=`` narrows the list, ``?retired=1`` shows what was."""
    key = id_in(request.GET.get("station"))
    station = Unit.objects.filter(pk=key).first() if key else None
    retired = request.GET.get("retired") == "1"
    groups = fleet(station, retired=retired)
    rows = [row for _station, listed in groups for row in listed]
    here = {
        "groups": groups,
        "station": station,
        "stations": Unit.objects.filter(response_units__county__isnull=True,
                                        response_units__isnull=False).distinct().order_by("pk"),
        "retired": retired,
        "on_now": sum(row.sign != "off" for row in rows),
        "late": sum(row.late for row in rows),
        "keeps": may(request.user, KEEP),
    }  # fmt: skip
    return render(request, "dispatch/fleet.html", here)


@staff(KEEP)
@never_cache
@require_http_methods(FORM)
def new_unit(request: HttpRequest) -> HttpResponse:
    """Set up one more."""
    form = NewUnitForm(request.POST or None, initial={"station": account_of(request).unit_id})
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            unit = actions.open_response_unit(by_of(request), **form.cleaned_data)
            messages.success(request, _("已设立“%(unit)s”。") % {"unit": unit})
            return redirect("dispatch:unit", unit.pk)
    here = {"form": form}
    return render(request, "dispatch/new_unit.html", here, status=422 if form.is_bound else 200)


@staff(SEE)
@never_cache
@require_http_methods(FORM)
def unit(request: HttpRequest, key: int) -> HttpResponse:
    """One unit: what it is, what it does now, its shifts."""
    shown = fleet_unit(key)
    form = _form(request, shown)
    if form is not None and form.is_bound and form.is_valid():
        with refused_in(form):
            actions.change_unit(by_of(request), shown, **form.cleaned_data)
            messages.success(request, _("已保存。"))
            return redirect("dispatch:unit", key)
    return _drawn(request, shown, form)


@staff(KEEP)
@require_POST
def retire(request: HttpRequest, key: int) -> HttpResponse:
    """Let it be no more."""
    actions.retire_unit(by_of(request), fleet_unit(key))
    messages.success(request, _("已撤销，做过的事仍在记录里。"))
    return redirect("dispatch:unit", key)


@staff(KEEP)
@never_cache
@require_POST
def plan(request: HttpRequest, key: int) -> HttpResponse:
    """Plan a shift."""
    shown = fleet_unit(key)
    form = ShiftForm(shown, request.POST)
    if form.is_valid():
        with refused_in(form):
            shifts = actions.plan_shift(by_of(request), shown, **form.cleaned_data)
            messages.success(request, _("排了 %(n)s 个班。") % {"n": len(shifts)})
            return redirect("dispatch:unit", key)
    return _drawn(request, shown, _form(request, shown, bound=False), shift_form=form)


@staff(KEEP)
@require_POST
def drop(request: HttpRequest, key: int) -> HttpResponse:
    """Take a shift away."""
    shown = fleet_unit(key)
    actions.drop_shift(by_of(request), shift_of(shown, id_in(request.POST.get("shift"))))
    messages.success(request, _("班次已取消。"))
    return redirect("dispatch:unit", key)


@staff("dispatch.set_duty")
@require_POST
def status(request: HttpRequest, key: int) -> HttpResponse:
    """What it does from now on."""
    actions.set_status(by_of(request), fleet_unit(key), request.POST.get("status", "")[:40])
    return redirect("dispatch:unit", key)


def _form(request: HttpRequest, shown: ResponseUnit, *, bound: bool = True) -> UnitForm | None:
    """The form, for whoever may change this unit."""
    if shown.retired_at is not None or not keeps(account_of(request), shown):
        return None
    first = {name: getattr(shown, name) for name in KEPT}
    posted = request.POST if bound and request.method == "POST" else None
    return UnitForm(posted, initial=first)


def _drawn(
    request: HttpRequest, shown: ResponseUnit, form: UnitForm | None, shift_form: Any = None
) -> HttpResponse:
    wrong = shift_form is not None or (form is not None and form.is_bound)
    states = may_state(account_of(request), shown) and shown.retired_at is None
    here = {
        "unit": fleet_row(shown),
        "station": shown.station,
        "form": form,
        "shift_form": shift_form or (ShiftForm(shown) if form else None),
        "statuses": statuses_open_to(shown) if states else (),
    }
    return render(request, "dispatch/unit.html", here, status=422 if wrong else 200)
