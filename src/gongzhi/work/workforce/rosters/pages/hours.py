"""How many are wanted hour by hour: the forecast, the county's minimum, who is planned, and what
somebody changed by hand."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongzhi.base.access.asker import account_of, by_of
from gongzhi.base.access.marks import staff
from gongzhi.base.access.permissions import may
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.rosters import actions
from gongzhi.work.workforce.rosters.drawing import drawn
from gongzhi.work.workforce.rosters.foreseen import Foreseen, foreseen_for
from gongzhi.work.workforce.rosters.forms import StrengthForm
from gongzhi.work.workforce.rosters.models import Adjustment, Roster
from gongzhi.work.workforce.rosters.permissions import PLAN, VIEW
from gongzhi.work.workforce.rosters.selectors import found
from gongzhi.work.workforce.rosters.selectors.hours import Day, days_of, taken_over


@staff(VIEW)
@never_cache
@require_safe
def hours(request: HttpRequest, key: int) -> HttpResponse:
    """One day's hours (``?day=``) above the month."""
    held = found.roster_for(account_of(request), key)
    days, fresh = _days(held)
    shown = _shown(days, request.GET.get("day", ""))
    start = {"first_day": shown.day, "last_day": shown.day, "first_hour": 20, "last_hour": 23}
    return _page(request, held, days, fresh, shown, StrengthForm(initial=start))


def _page(
    request: HttpRequest, held: Roster, days: list[Day], fresh: Foreseen | None, shown: Day,
    form: StrengthForm, status: int = 200,
) -> HttpResponse:  # fmt: skip
    taken = taken_over(held)
    there = [one.day for one in days]
    nth = there.index(shown.day)
    here = {
        "roster": held, "days": days, "shown": shown, "drawn": drawn(shown), "form": form,
        "taken": taken, "fresh": fresh, "may_plan": may(account_of(request), PLAN),
        "newer": bool(taken and fresh and fresh.made_on > taken.made_on),
        "adjustments": held.adjustments.select_related("made_by").order_by("-made_at", "-pk"),
        "before": there[nth - 1] if nth else None,
        "after": there[nth + 1] if nth + 1 < len(there) else None,
        "short": sum(one.short for one in days),
    }  # fmt: skip
    return render(request, "rosters/hours.html", here, status=status)


def _days(held: Roster) -> tuple[list[Day], Foreseen | None]:
    fresh = foreseen_for(held.unit, held.month, held.last_day)
    return days_of(held, fresh), fresh


def _shown(days: list[Day], told: str) -> Day:
    """The day that is asked for, or today, or the first."""
    wanted = {told, today().isoformat()} - {""}
    named = [one for one in days if one.day.isoformat() == told]
    return next((one for one in [*named, *days] if one.day.isoformat() in wanted), days[0])


@staff(PLAN)
@require_POST
def forecast(request: HttpRequest, key: int, deed: str) -> HttpResponse:
    """Take it over, or go by the county's shares again."""
    held = found.roster_for(account_of(request), key)
    if deed == "take":
        actions.take_forecast(by_of(request), held)
        messages.success(request, _("按预测定了人数。再排一次，班就按它排。"))
    elif deed == "drop":
        actions.drop_forecast(by_of(request), held)
        messages.success(request, _("不按预测了，人数按县里的比例。"))
    else:
        raise Refused(_("没有这个操作。"), code="deed", status=404)
    return redirect("rosters:hours", key)


@staff(PLAN)
@require_POST
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Another number in some hours, with the reason."""
    held = found.roster_for(account_of(request), key)
    form = StrengthForm(request.POST)
    if form.is_valid():
        with refused_in(form):
            made = actions.change_strength(
                by_of(request), held, actions.NewStrength(**form.cleaned_data)
            )
            messages.success(request, _("改好了。再排一次，班就按它排。"))
            return _to(key, made.first_day)
    days, fresh = _days(held)
    return _page(request, held, days, fresh, _shown(days, ""), form, 422)


@staff(PLAN)
@require_POST
def restore(request: HttpRequest, key: int) -> HttpResponse:
    """The change counts no more."""
    rows = Adjustment.objects.select_related("roster__unit__parent")
    one = rows.filter(pk=key).first()
    if one is None:
        raise Refused(_("没有这个改动。"), code="no_such_adjustment", status=404)
    actions.restore_strength(by_of(request), one)
    messages.success(request, _("撤回了。"))
    return _to(one.roster_id, one.first_day)


def _to(key: int, day: date) -> HttpResponse:
    return redirect(f"{reverse('rosters:hours', args=[key])}?day={day.isoformat()}")
