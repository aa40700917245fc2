"""What forms of these pages send, read and refused in words."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from gongzhi.base.people.models import Unit
from gongzhi.base.places.cells import from_text
from gongzhi.base.ui.errors import Refused
from gongzhi.base.ui.ids import id_in
from gongzhi.work.prevention.problems.counting import yesterday
from gongzhi.work.prevention.problems.selectors.visits import first_visit
from gongzhi.work.prevention.problems.shapes import RING, WIDEST


def choices_of_units() -> list[Unit]:
    """Stations first, then departments and the bureau; communities are many and have no desk."""
    kinds = [Unit.Kind.STATION, Unit.Kind.DEPARTMENT, Unit.Kind.BUREAU]
    found = Unit.objects.filter(kind__in=kinds)
    return sorted(found, key=lambda unit: (kinds.index(Unit.Kind(unit.kind)), unit.code))


def unit_chosen(request: HttpRequest) -> Unit:
    """The unit of the form. Refuses (422) what is none."""
    found = Unit.objects.filter(pk=id_in(request.POST.get("unit", ""))).first()
    if found is None:
        words = _("请选一个单位。")
        raise Refused(words, code="unit", status=422, fields={"unit": words})
    return found


def day_of(request: HttpRequest, name: str) -> date | None:
    """The day of a form's field; None where it is empty. Refuses (422) what is no day."""
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        words = _("请写成年-月-日，例如 2026-03-01。")
        raise Refused(words, code="day", status=422, fields={name: words}) from wrong


USUAL, LONG, FARTHEST = timedelta(weeks=8), timedelta(weeks=26), timedelta(weeks=52)


def since_given(given: QueryDict) -> date:
    """The day asked for; else the first on which patrols stayed anywhere, if that isn't long ago:
    a week that is half without them would count as one with them."""
    latest = yesterday()
    try:
        day = date.fromisoformat(given.get("since", ""))
    except ValueError:
        day = first_visit(latest - LONG) or latest - USUAL
    return min(max(day, latest - FARTHEST), latest)


def cells_given(given: QueryDict, name: str) -> list[int]:
    """Those that are cells; what isn't one is left out."""
    found = []
    for text in given.getlist(name):
        try:
            found.append(from_text(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def ring_in(given: QueryDict) -> int:
    """How wide the ring is, in cells."""
    return min(max(id_in(given.get("ring")) or RING, 1), WIDEST)


def near_in(given: QueryDict) -> frozenset[int] | None:
    """The cells around that somebody chose; None: all of the ring. ``none`` stands for no cell."""
    return frozenset(cells_given(given, "near")) if "near" in given else None
