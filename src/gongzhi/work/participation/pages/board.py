"""The board of limits: own unit's requests by their clocks; all units' for those who oversee."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.matters.clocks import running_clocks
from gongzhi.base.ui.spans import rough_span
from gongzhi.work.participation.permissions import oversees, own_requests
from gongzhi.work.participation.selectors.board import Line, board_of, due_soon

HIGH, WIDE = 40, 16
"""Of the drawing: a week in which all was in time, and a week's place."""


@dataclass(frozen=True)
class Bar:
    """A week of the drawing."""

    x: int
    y: float
    height: float
    begins: str
    percent: int | None
    many: int


@staff("participation.view_requests")
@never_cache
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Where requests stand by their limits, and what is to be done first."""
    account = account_of(request)
    mine, all_units = own_requests(account), oversees(account)
    urgent = due_soon(mine)
    clocks = running_clocks([one.pk for one in urgent])
    here = {
        "lines": [(one, _median(one), _bars(one)) for one in board_of(mine)],
        "urgent": [(one, clocks[one.pk][:1]) for one in urgent],
        "all_units": all_units,
        "unit": None if all_units else account.unit,
    }
    return render(request, "participation/board.html", here)


def _median(line: Line) -> str:
    return rough_span(line.seconds) if line.seconds is not None else ""


def _bars(line: Line) -> list[Bar]:
    bars = []
    for number, week in enumerate(line.weeks.values()):
        height = HIGH * (week.percent or 0) / 100
        many = week.met + week.missed
        begins = f"{week.begins:%m-%d}"
        bars.append(Bar(number * WIDE, HIGH - height, height, begins, week.percent, many))
    return bars
