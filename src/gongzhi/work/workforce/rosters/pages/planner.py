"""The planner's pages: months, a month's grid, its cells, and exchanges that wait."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
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
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.forms import refused_in
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.selectors.units import units_for
from gongzhi.work.workforce.rosters import actions
from gongzhi.work.workforce.rosters.forms import AbsenceForm, AskForm, CellForm, MoveForm
from gongzhi.work.workforce.rosters.models import Roster
from gongzhi.work.workforce.rosters.permissions import PLAN, VIEW
from gongzhi.work.workforce.rosters.selectors import found
from gongzhi.work.workforce.rosters.selectors.asked import Asked, asked_of, elsewhere_of
from gongzhi.work.workforce.rosters.selectors.grid import Cell, Row, conflicts_of, grid_of
from gongzhi.work.workforce.rosters.selectors.hours import adjustments_of, taken_over


@staff(VIEW)
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Months of the units that one looks after, and a new one."""
    coming = (today().replace(day=28) + timedelta(days=4)).replace(day=1)
    form = AskForm(units=units_for(account_of(request)), initial={"month": coming})
    return _index(request, form)


def _index(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    account = account_of(request)
    here = {
        "rosters": found.rosters_for(account), "form": form, "may_plan": may(account, PLAN),
        "rules": list(catalogue().roster_rules.values()),
        "shifts": list(catalogue().roster_shifts.values()),
    }  # fmt: skip
    return render(request, "rosters/index.html", here, status=status)


@staff(PLAN)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have a month planned."""
    account = account_of(request)
    form = AskForm(request.POST, units=units_for(account))
    if form.is_valid():
        with refused_in(form):
            unit = found.unit_of(account, form.cleaned_data["unit"])
            made = actions.ask_roster(
                by_of(request), unit, form.cleaned_data["month"],
                seconds=form.cleaned_data["seconds"], forecast=form.cleaned_data["forecast"],
            )  # fmt: skip
            if form.cleaned_data["forecast"] and made.foreseen is None:
                messages.info(request, _("这个月还没有预测，人数按县里的比例。"))
            return redirect("rosters:roster", made.pk)
    return _index(request, form, 422)


@staff(VIEW)
@never_cache
@require_safe
def roster(request: HttpRequest, key: int) -> HttpResponse:
    """A month: people × days (``?cell=account.day`` opens one)."""
    account = account_of(request)
    held = found.roster_for(account, key)
    asked = asked_of(held)
    grid = grid_of(asked)
    cell = _cell(grid.rows, request.GET.get("cell", ""))
    waiting, standing = found.repairs_of(held)
    here = {
        "roster": held, "grid": grid, "shifts": list(catalogue().roster_shifts.values()),
        "may_plan": may(account, PLAN), "conflicts": conflicts_of(asked), "cell": cell,
        "offers": found.offers_of(held), "standing": standing,
        "elsewhere": elsewhere_of(held), "foreseen": taken_over(held),
        "adjusted": len(adjustments_of(held)),
        "repairs": [(one, _changes(asked, one.repair.changes)) for one in waiting],
    }  # fmt: skip
    if cell is not None:
        here |= _forms(asked, cell)
    return render(request, "rosters/roster.html", here)


def _cell(rows: list[Row], key: str) -> Cell | None:
    cells = (cell for row in rows for cell in row.cells)
    return next((cell for cell in cells if cell.key == key), None)


def _forms(asked: Asked, cell: Cell) -> dict[str, forms.Form | str]:
    start = {"account": cell.account, "day": cell.day}
    code = cell.shift.code if cell.shift else ""
    return {
        "whose": str(asked.people[cell.account]),
        "cell_form": CellForm(initial={**start, "shift": code, "pinned": True}),
        "move_form": MoveForm(
            initial={**start, "to": cell.account, "to_day": cell.day},
            people=asked.people.values(), prefix="move",
        ),
        "absence_form": AbsenceForm(initial={"first_day": cell.day, "last_day": cell.day}),
    }  # fmt: skip


def _changes(asked: Asked, changes: list[list[object]]) -> list[dict[str, object]]:
    shifts = catalogue().roster_shifts
    return [
        {"who": asked.people.get(int(str(who))), "day": asked.day(int(str(day))),
         "before": shifts.get(str(before)), "after": shifts.get(str(after))}
        for who, day, before, after in changes
    ]  # fmt: skip


@staff(PLAN)
@require_POST
def then(request: HttpRequest, key: int, deed: str) -> HttpResponse:
    """Publish it, stop the computer, or let it go on."""
    held = found.roster_for(account_of(request), key)
    deeds = {
        "publish": (actions.publish_roster, _("发布了，每个人都看得到自己的班。")),
        "stop": (actions.stop_roster, _("停下了，已经排好的留着。")),
        "go-on": (actions.go_on_with, _("接着排。")),
    }
    if deed not in deeds:
        raise Refused(_("没有这个操作。"), code="deed", status=404)
    act, words = deeds[deed]
    act(by_of(request), held)
    messages.success(request, words)
    return redirect("rosters:roster", key)


@staff(PLAN)
@require_POST
def cell(request: HttpRequest, key: int) -> HttpResponse:
    """Set somebody's day."""
    held = found.roster_for(account_of(request), key)
    form = CellForm(request.POST)
    if not form.is_valid():
        raise Refused(_("没有这一天，或者没有这个班。"), code="cell", status=422)
    told = form.cleaned_data
    actions.set_duty(
        by_of(request), held, told["account"], told["day"], told["shift"], pinned=told["pinned"]
    )
    messages.success(request, _("改好了。"))
    return _back(held, told["account"], told["day"])


@staff(PLAN)
@require_POST
def move(request: HttpRequest, key: int) -> HttpResponse:
    """A shift goes elsewhere: by dragging it, or from the list."""
    held = found.roster_for(account_of(request), key)
    people = asked_of(held).people.values()
    form = MoveForm(request.POST, people=people, prefix="move")
    if not form.is_valid():
        raise Refused(_("请选这个月的一天和表里的一个人。"), code="cell", status=422)
    told = form.cleaned_data
    actions.move_duty(
        by_of(request), held, told["account"], told["day"], told["to"], told["to_day"]
    )
    messages.success(request, _("换好了。"))
    if told["stay"]:  # dragged: the page stays where it is
        return redirect("rosters:roster", key)
    return _back(held, told["to"], told["to_day"])


def _back(held: Roster, account: int, day: date) -> HttpResponse:
    address = reverse("rosters:roster", args=[held.pk])
    return redirect(f"{address}?{urlencode({'cell': f'{account}.{day.isoformat()}'})}#cell")


@staff(PLAN)
@require_POST
def decide_offer(request: HttpRequest, key: int) -> HttpResponse:
    """Yes or no to a shift that changes hands."""
    offer = found.offer_of(key)
    grant = request.POST.get("grant") == "yes"
    actions.decide_offer(by_of(request), offer, grant=grant)
    messages.success(request, _("同意了。") if grant else _("没有同意。"))
    return redirect("rosters:roster", offer.duty.roster_id)
