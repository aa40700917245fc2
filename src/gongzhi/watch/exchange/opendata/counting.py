"""What there is to tell: marks of the maps, or exact counts that noise will be added to.

Incidents and requests are told by the very marks that the maps are made of (`watch/maps`): so an
open dataset says nothing that could be subtracted from a map, a figure of a program or another
open dataset. Every figure anywhere is a sum of the same marks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import h3.api.basic_int as h3
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.analysis.disclosure import Marks
from gongzhi.base.catalogue.kinds.open_dataset import (
    KIND_OF,
    Column,
    OpenDataset,
    Source,
    open_categories,
)
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.places.cells import as_text
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.lake.models import Fact, Month
from gongzhi.watch.exchange.opendata.periods import bounds_of, period_of
from gongzhi.watch.exchange.opendata.tables import part_of_day
from gongzhi.watch.maps.selectors.fixed import towns
from gongzhi.watch.maps.selectors.published import published
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.selectors.visits import FINISHED

Key = tuple[str, ...]
"""A value for each column of a dataset, in its order."""


@dataclass(frozen=True)
class Counted:
    """What is behind some periods: `marks` where they are told by marks; `exact` by the dataset's
    own columns; `behind` by period, finest place and category (or service)."""

    marks: Marks | None
    exact: Counter[Key]
    behind: dict[str, Counter[str]]

    @property
    def facts(self) -> int:
        """How many in all."""
        return sum(self.exact.values())


def categories_of(recipe: OpenDataset) -> list[str]:
    """Codes of the categories that are counted."""
    may = open_categories(recipe.source, Column.CELL in recipe.by, catalogue().categories.values())
    return [one for one in may if not recipe.categories or one in recipe.categories]


def coarsened(recipe: OpenDataset, exact: Mapping[Key, int]) -> Counter[Key]:
    """The same by columns as they are told: cells and hours no finer than there."""
    found: Counter[Key] = Counter()
    for key, many in exact.items():
        told = [_coarse(recipe, *one) for one in zip(recipe.by, key, strict=True)]
        found[tuple(told)] += many
    return found


def _coarse(recipe: OpenDataset, column: Column, value: str) -> str:
    if column == Column.HOURS:
        return part_of_day(int(value), recipe.hours)
    if column != Column.CELL:
        return value
    cell = int(value, 16)
    return as_text(int(h3.cell_to_parent(cell, recipe.cell_size))) if cell else ""


def first_day(recipe: OpenDataset) -> date | None:
    """The day of the first fact; None before there is one."""
    if recipe.source == Source.APPLICATIONS:
        ended = _applications().order_by("matter__closed_at")
        first = ended.values_list("matter__closed_at", flat=True).first()
    else:
        kept = _facts(recipe).order_by("opened_at")
        first = kept.values_list("opened_at", flat=True).first()
    return timezone.localdate(first, _zone()) if first else None


def today_of(recipe: OpenDataset) -> date:
    """The day in hand: no later than the lake has read the log."""
    if recipe.source == Source.APPLICATIONS:
        return timezone.localdate(now(), _zone())
    return published().latest + timedelta(days=1)


def counted_in(recipe: OpenDataset, periods: Iterable[str]) -> Counted:
    """What is behind these periods, now."""
    wanted = list(periods)
    if recipe.source == Source.APPLICATIONS:
        return _of_applications(recipe, wanted)
    _require_written(recipe, wanted)
    exact: Counter[Key] = Counter()
    behind: dict[str, Counter[str]] = {one: Counter() for one in wanted}
    for at, town, category, h8 in _between(recipe, wanted):
        local = timezone.localtime(at, _zone())
        period = period_of(local.date(), recipe.period)
        values = {
            Column.PERIOD: period, Column.TOWN: town, Column.CATEGORY: category,
            Column.CELL: f"{h8 or 0:x}", Column.HOURS: f"{local.hour}",
        }  # fmt: skip
        exact[tuple(values[column] for column in recipe.by)] += 1
        behind[period][f"{h8 or 0:x}|{category}"] += 1
    marks = published(looked=True).marks if recipe.privacy is None else None
    return Counted(marks, exact, behind)


def _require_written(recipe: OpenDataset, periods: list[str]) -> None:
    """Refuse while the lake's files are behind its facts: marks come from the files, and what is
    behind them has to be the same facts."""
    behind = Month.objects.filter(changed_seq__gt=F("written_seq"))
    months = set(behind.values_list("month", flat=True))
    for period in periods:
        since, until = (_midnight(day).astimezone(UTC) for day in bounds_of(period, recipe.period))
        if any(f"{since:%Y-%m}" <= month <= f"{until:%Y-%m}" for month in months):
            raise Refused(_("平台正在数这几期，请过一分钟再看。"), code="counting", status=409)


def domain(recipe: OpenDataset) -> Mapping[Column, list[str]]:
    """The values that a column of a dataset with noise can have, whatever the facts."""
    services = [one.code for one in catalogue().services.values()]
    known = {Column.SERVICE: services, Column.CATEGORY: categories_of(recipe)}
    return known | ({Column.TOWN: ["", *towns()]} if Column.TOWN in recipe.by else {})


def _between(
    recipe: OpenDataset, periods: list[str]
) -> Iterable[tuple[datetime, str, str, int | None]]:
    for period in periods:
        since, until = (_midnight(day) for day in bounds_of(period, recipe.period))
        found = _facts(recipe).filter(opened_at__gte=since, opened_at__lt=until)
        yield from found.values_list("opened_at", "town", "category", "h8").iterator()


def _of_applications(recipe: OpenDataset, periods: list[str]) -> Counted:
    exact: Counter[Key] = Counter()
    behind: dict[str, Counter[str]] = {one: Counter() for one in periods}
    for period in periods:
        since, until = (_midnight(day) for day in bounds_of(period, recipe.period))
        found = _applications().filter(matter__closed_at__gte=since, matter__closed_at__lt=until)
        for service in found.values_list("service", flat=True):
            values = {Column.PERIOD: period, Column.SERVICE: service}
            exact[tuple(values[column] for column in recipe.by)] += 1
            behind[period][service] += 1
    return Counted(None, exact, behind)


def _facts(recipe: OpenDataset) -> QuerySet[Fact]:
    return Fact.objects.filter(
        source="", merged=False, kind=KIND_OF[recipe.source], category__in=categories_of(recipe)
    )


def _applications() -> QuerySet[Application]:
    return Application.objects.filter(matter__step=FINISHED, matter__closed_at__isnull=False)


def _zone() -> tzinfo:
    return timezone.get_default_timezone()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), _zone())
