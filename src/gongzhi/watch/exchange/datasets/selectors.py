"""The datasets with their tables, what they are made from, and how full they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Min

from gongzhi.base.access.known import PERMISSIONS
from gongzhi.base.catalogue.kinds.dataset import Dataset, Sensitivity
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.events import declared_events
from gongzhi.watch.exchange.datasets.fields import FieldTold, Table, columns, table_of


@dataclass(frozen=True)
class Told:
    """One dataset, as a page or a program is told of it."""

    dataset: Dataset
    tables: tuple[Table, ...]
    refers_to: tuple[Dataset, ...]
    """Datasets whose rows its own name, found by the keys between their tables."""
    made_from: tuple[Dataset, ...]
    feeds: tuple[Dataset, ...]
    """Datasets that are made from it."""
    events: tuple[tuple[str, Any], ...]
    """What the log tells of its changes: kind and label."""
    roles: tuple[Any, ...]
    """The roles whose people see it."""
    rights: tuple[Any, ...]
    """The permissions they see it by, in words."""

    @property
    def fields(self) -> list[FieldTold]:
        """Of all its tables."""
        return [field for table in self.tables for field in table.fields]

    @property
    def said(self) -> int:
        """How many fields say what they mean."""
        return sum(bool(field.says) for field in self.fields)


@cache
def home_of_tables() -> Mapping[str, str]:
    """``app.model`` → code of its dataset. A table that is named wins over its app."""
    held = {name: one.code for one in catalogue().datasets.values() for name in one.holds}
    labels = [model._meta.label_lower for model in apps.get_models()]  # noqa: SLF001  (documented)
    homes = {label: held.get(label) or held.get(label.split(".")[0]) for label in labels}
    return {label: code for label, code in homes.items() if code}


def homeless() -> list[str]:
    """Tables that no dataset holds: `tests/watch/exchange` allows none."""
    every = {model._meta.label_lower for model in apps.get_models()}  # noqa: SLF001  (documented)
    return sorted(every - set(home_of_tables()))


def too_open() -> list[str]:
    """Datasets that call themselves less sensitive than what lies sealed in them."""
    mild = {Sensitivity.OPEN, Sensitivity.INTERNAL}
    return sorted(
        f"{told.dataset.code}: {table.label}"
        for told in everything()
        if told.dataset.sensitivity in mild
        for table in told.tables
        if table.sealed and table.label not in SEALED_FOR_OTHER_REASONS
    )


SEALED_FOR_OTHER_REASONS = frozenset({"webhooks.hook", "linked.linkedrequest"})
"""Tables with sealed fields that hold a key of the platform's, or words about no resident."""


def everything() -> list[Told]:
    """All datasets, in the catalogue's order."""
    return [told_of(one) for one in catalogue().datasets.values()]


@cache
def told_of(dataset: Dataset) -> Told:
    """One dataset, with what the code knows of it."""
    sets, homes = catalogue().datasets, home_of_tables()
    models_of = [one for one in apps.get_models() if homes.get(_label(one)) == dataset.code]
    tables = tuple(table_of(one) for one in models_of)
    leads = {homes.get(field.leads_to) for table in tables for field in table.fields}
    leads -= {dataset.code, None}
    own = {model._meta.app_label for model in models_of}  # noqa: SLF001  (documented)
    return Told(
        dataset=dataset,
        tables=tables,
        refers_to=tuple(one for one in sets.values() if one.code in leads),
        made_from=tuple(sets[code] for code in dataset.made_from),
        feeds=tuple(one for one in sets.values() if dataset.code in one.made_from),
        events=_events(own),
        roles=_roles(dataset.seen_by),
        rights=tuple(PERMISSIONS[one] for one in dataset.seen_by),
    )


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001  (documented)


def _events(apps_of: Iterable[str]) -> tuple[tuple[str, Any], ...]:
    own = set(apps_of)
    found = sorted(
        (kind, one) for kind, one in declared_events().items() if kind.split(".")[0] in own
    )
    return tuple((kind, one.label) for kind, one in found)


def _roles(permissions: Iterable[str]) -> tuple[Any, ...]:
    wanted = set(permissions)
    return tuple(one.name for one in catalogue().roles.values() if wanted & set(one.permissions))


@dataclass(frozen=True)
class Fullness:
    """How a table stands today: rows, the newest of them, and fields that are mostly empty."""

    table: Table
    rows: int
    first: Any
    last: Any
    empty: tuple[tuple[str, int], ...]
    """Optional fields → per cent of rows that have something there."""


UNCOUNTED = Sensitivity.SENSITIVE
"""Of these not even the number of rows is told: three talks in a station are a story."""


def fullness(told: Told) -> list[Fullness]:
    """Each table of it, counted now; nothing for what is sensitive."""
    return [] if told.dataset.sensitivity == UNCOUNTED else [_full(one) for one in told.tables]


def _full(table: Table) -> Fullness:
    rows_of = table.model._default_manager  # noqa: SLF001  (documented)
    names = [one.name for one in columns(table.model) if one.null]
    times = [one.name for one in columns(table.model) if isinstance(one, models.DateTimeField)]
    sums: dict[str, Any] = {f"n_{name}": Count(name) for name in names}
    if times:
        sums |= {"first": Min(times[0]), "last": Max(times[0])}
    found = rows_of.aggregate(rows=Count("pk"), **sums)
    rows = found["rows"]
    empty = tuple((name, round(100 * found[f"n_{name}"] / rows)) for name in names if rows)
    return Fullness(table, rows, found.get("first"), found.get("last"), empty)
