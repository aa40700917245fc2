"""How much presence places were meant to get, and got: by node, town, cell and shift. Never by
unit: the rows that are counted here are read without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import h3.api.basic_int as h3
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from gongzhi.base.places.areas import areas_of
from gongzhi.base.places.cells import middle_of
from gongzhi.base.places.models import Area
from gongzhi.work.patrol.plans.models import Stop
from gongzhi.work.patrol.plans.states import LeftOut, PlanState, StopState

COARSE = 8
"""Cells of some 0.7 km²."""
COUNTED = (PlanState.PUBLISHED, PlanState.WITHDRAWN)
"""A plan that was replaced counts in the one that took its place."""


@dataclass
class Dosage:
    """What a node, a town, a cell or a shift was meant to get, and got. Minutes are of presence."""

    words: str
    about: str = ""
    wanted: int = 0
    planned: int = 0
    done: int = 0
    minutes_wanted: int = 0
    minutes_planned: int = 0
    minutes_done: float = 0.0
    node: int | None = None

    @property
    def share(self) -> int | None:
        """Per cent of the wanted minutes that were attended; None where none were wanted."""
        if not self.minutes_wanted:
            return None
        return round(100 * self.minutes_done / self.minutes_wanted)

    @property
    def drawn(self) -> int:
        """The share of the wanted minutes as it is drawn: at most 100."""
        return min(100, self.share or 0)

    @property
    def done_words(self) -> int:
        """Minutes, whole."""
        return round(self.minutes_done)

    @property
    def short(self) -> float:
        """How many wanted minutes are missing."""
        return self.minutes_wanted - self.minutes_done


def dosage(by: str, since: datetime, until: datetime) -> list[Dosage]:
    """Of the shifts that began within this time, all visits whose hours are over or that were made;
    what lacks most comes first, shifts in the order of time. Two queries."""
    rows = (
        Stop.objects.filter(
            plan__begins_at__gte=since, plan__begins_at__lt=until, plan__state__in=COUNTED
        )
        .exclude(left_out=LeftOut.TAKEN_OUT)
        .filter(Q(closes_at__lte=until) | ~Q(state=StopState.PLANNED))
        .select_related("node", "plan")
        .defer("crew")
        .order_by("pk")
    )
    found: dict[object, Dosage] = {}
    keyed = KEYS.get(by, _by_node)(rows)
    for stop, key, fresh in keyed:
        if key not in found:
            found[key] = fresh()
        _count(found[key], stop, until)
    if by == "shift":
        return [found[key] for key in sorted(found, reverse=True)]  # type: ignore[type-var]
    return sorted(found.values(), key=lambda one: (-one.short, one.words))


def _count(into: Dosage, stop: Stop, at: datetime) -> None:
    into.wanted += 1
    into.minutes_wanted += stop.minutes
    if not stop.left_out:
        into.planned += 1
        into.minutes_planned += stop.minutes
    if stop.state in (StopState.DONE, StopState.THERE):
        into.done += 1
        into.minutes_done += stop.minutes_there(at)


Keyed = Iterable[tuple[Stop, object, Callable[[], Dosage]]]


def _by_node(rows: Iterable[Stop]) -> Keyed:
    for one in rows:
        node = one.node
        yield one, node.pk, lambda node=node: Dosage(  # type: ignore[misc]
            str(node), node.kind_words, node=node.pk
        )  # fmt: skip


def _by_town(rows: Iterable[Stop]) -> Keyed:
    listed = list(rows)
    codes = {one.node.town for one in listed}
    towns = Area.objects.filter(kind=Area.Kind.TOWN, code__in=codes).defer("geometry")
    names = {area.code: str(area) for area in towns}
    for one in listed:
        code = one.node.town
        yield one, code, lambda code=code: Dosage(names.get(code) or "—")  # type: ignore[misc]


def _by_cell(rows: Iterable[Stop]) -> Keyed:
    listed = [(one, int(h3.cell_to_parent(one.node.h9, COARSE))) for one in rows]
    cells = sorted({cell for _one, cell in listed})
    places = areas_of([middle_of(cell) for cell in cells], Area.Kind.VILLAGE)
    names = {cell: str(place or "—") for cell, place in zip(cells, places, strict=True)}
    for one, cell in listed:
        yield one, cell, lambda cell=cell: Dosage(  # type: ignore[misc]
            names[cell], f"{cell:x}"
        )  # fmt: skip


def _by_shift(rows: Iterable[Stop]) -> Keyed:
    for one in rows:
        plan = one.plan
        day = timezone.localdate(plan.begins_at)
        yield one, plan.begins_at, lambda plan=plan, day=day: Dosage(  # type: ignore[misc]
            f"{date_format(day, 'SHORT_DATE_FORMAT')} {plan.hours}", str(plan)
        )  # fmt: skip


KEYS: dict[str, Callable[[Iterable[Stop]], Keyed]] = {
    "node": _by_node, "town": _by_town, "cell": _by_cell, "shift": _by_shift,
}  # fmt: skip
DAYS = timedelta(days=14)
