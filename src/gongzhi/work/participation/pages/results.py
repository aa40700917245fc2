"""Closed, solved, satisfied: how requests ended, by unit, kind and month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongzhi.base.access.asker import account_of
from gongzhi.base.access.marks import staff
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Unit
from gongzhi.work.participation.permissions import oversees, own_requests
from gongzhi.work.participation.selectors.results import By, Result, Share, results

SPANS = {"30": _("近三十天"), "90": _("近九十天"), "365": _("近一年")}
WAYS: dict[By, object] = {"category": _("按类别"), "unit": _("按单位"), "month": _("按月")}
FEWEST = 5
"""Of fewer who said something a share says nothing, even to colleagues."""


@dataclass(frozen=True)
class Cell:
    """A share as the page draws it: of a hundred, and a line for how sure it is."""

    share: Share
    percent: int | None
    low: int
    high: int

    @property
    def wide(self) -> int:
        """Of the interval, in the drawing."""
        return self.high - self.low


@staff("participation.view_requests")
@never_cache
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """Own unit's results; all units', by name, for those who watch over them."""
    account = account_of(request)
    days = request.GET.get("days", "90")
    days = days if days in SPANS else "90"
    ways = [way for way in WAYS if way != "unit" or oversees(account)]
    by = next((way for way in ways if way == request.GET.get("by")), ways[0])
    until = now()
    since, mine = until - timedelta(days=int(days)), own_requests(account)
    whole = results(mine, since, until)
    here = {
        "all": _cells(whole[0]) if whole else None,
        "opened": whole[0].opened if whole else 0,
        "rows": _rows(results(mine, since, until, by), by),
        "days": days,
        "spans": SPANS.items(),
        "by": by,
        "ways": [(way, WAYS[way]) for way in ways],
        "unit": None if oversees(account) else account.unit,
        "fewest": FEWEST,
    }
    return render(request, "participation/results.html", here)


def _rows(told: list[Result], by: By) -> list[tuple[str, int, list[Cell]]]:
    """By name, the months latest first: where somebody stands in a list says nothing."""
    names = _names(by)
    rows = [(names.get(one.key, one.key), one.opened, _cells(one)) for one in told]
    return sorted(rows, key=lambda row: row[0], reverse=by == "month")


def _names(by: By) -> dict[str, str]:
    if by == "unit":
        return {str(unit.pk): str(unit) for unit in Unit.objects.all()}
    if by == "category":
        return {code: str(one.name) for code, one in catalogue().categories.items()}
    return {}


def _cells(one: Result) -> list[Cell]:
    return [_cell(share) for share in (one.closed, one.solved, one.satisfied)]


def _cell(share: Share) -> Cell:
    low, high = share.interval
    enough = share.part is not None and share.said >= FEWEST
    percent = round(100 * share.yes / share.said) if enough else None
    return Cell(share, percent, round(100 * low), round(100 * high))
