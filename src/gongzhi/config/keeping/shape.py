"""A county's tables: their columns, and an order in which each comes after what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any

Group = list["Table"]
"""Tables that refer to each other in a circle, or one alone: written in one transaction."""

KINDS = {
    "AutoField": "int", "BigAutoField": "int", "BigIntegerField": "int", "IntegerField": "int",
    "PositiveBigIntegerField": "int", "PositiveIntegerField": "int", "SmallIntegerField": "int",
    "PositiveSmallIntegerField": "int", "BooleanField": "bool", "FloatField": "float",
    "CharField": "text", "SlugField": "text", "TextField": "text", "BinaryField": "bytes",
    "DateField": "date", "DateTimeField": "datetime", "TimeField": "time", "JSONField": "json",
    "UUIDField": "uuid",
}  # fmt: skip
"""What a column of each sort of field holds."""
PASSING = frozenset({"access_session"})
"""Keys to open sessions: they open doors, and live for hours. They stay in their database."""
GIVEN = ("auth_permission", "django_content_type")
"""Filled by Django when it makes the tables; emptied again before a county's own rows come."""


@dataclass(frozen=True)
class Column:
    """One column: its name and what it holds (a value of `KINDS`)."""

    name: str
    kind: str


@dataclass(frozen=True)
class Table:
    """One table, as it is told of in a backup or an export."""

    name: str
    key: str
    columns: tuple[Column, ...]
    refers: Mapping[str, str] = field(default_factory=dict)
    """Columns that refer to another table's key, and to which table."""
    circle: int = 0
    """Tables with the same number refer to each other in a circle, or one to itself; 0 is none."""

    @property
    def names(self) -> list[str]:
        """Of its columns."""
        return [column.name for column in self.columns]

    @property
    def key_kind(self) -> str:
        """What its key holds."""
        return next(column.kind for column in self.columns if column.name == self.key)

    def told(self) -> dict[str, Any]:
        """For a file; `heard` reads it."""
        columns = [[column.name, column.kind] for column in self.columns]
        return {
            "table": self.name, "key": self.key, "columns": columns,
            "refers": dict(self.refers), "circle": self.circle,
        }  # fmt: skip

    @classmethod
    def heard(cls, told: Mapping[str, Any]) -> Table:
        """A table as a file tells of it. Raises ValueError, KeyError or TypeError."""
        columns = tuple(Column(str(name), str(kind)) for name, kind in told["columns"])
        if not {column.kind for column in columns} <= set(KINDS.values()):
            raise ValueError("a column holds what nobody knows")
        refers = {str(column): str(other) for column, other in told["refers"].items()}
        found = cls(str(told["table"]), str(told["key"]), columns, refers, int(told["circle"]))
        if found.key not in found.names:
            raise ValueError("a table without its key")
        return found


def tables() -> list[Table]:
    """Every table of the installed apps, those first that others refer to."""
    from django.apps import apps

    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy  # noqa: SLF001  (documented API)
    ]
    found = {one.name: one for one in map(_table, models) if one.name not in PASSING}
    return [one for group in _ordered(found) for one in group]


def _table(model: Any) -> Table:
    meta = model._meta  # noqa: SLF001  (Django's documented API)
    columns = tuple(Column(str(one.column), _kind(one)) for one in meta.concrete_fields)
    refers = {
        str(one.column): str(one.remote_field.model._meta.db_table)  # noqa: SLF001
        for one in meta.concrete_fields
        if one.remote_field
    }
    return Table(str(meta.db_table), str(meta.pk.column), columns, refers)


def _kind(one: Any) -> str:
    while one.remote_field:
        one = one.target_field
    kind = one.get_internal_type()
    if kind not in KINDS:
        raise ValueError(f"{one}: nobody has said how to carry a {kind}")
    return KINDS[kind]


def groups(all_tables: Iterable[Table]) -> list[Group]:
    """Tables of one circle together, in the order in which they come."""
    made: list[Group] = []
    for one in all_tables:
        if made and one.circle and made[-1][0].circle == one.circle:
            made[-1].append(one)
        else:
            made.append([one])
    return made


def _ordered(found: Mapping[str, Table]) -> list[Group]:
    """The circles of references (strongly connected components), those first that others need."""
    needs = {name: set(table.refers.values()) for name, table in found.items()}
    reach = {name: _reached(name, needs) for name in found}
    circles = {name: frozenset(o for o in reach[name] if name in reach[o]) for name in found}
    of = {name: min(circles[name] or {name}) for name in found}
    order = TopologicalSorter[str]()
    for name in sorted(found):
        order.add(of[name], *sorted({of[other] for other in needs[name]} - {of[name]}))
    groups_made: list[Group] = []
    for number, head in enumerate(order.static_order(), 1):
        members = sorted(name for name in found if of[name] == head)
        circle = number if circles[head] else 0
        groups_made.append([_in_circle(found[name], circle) for name in members])
    return groups_made


def _reached(start: str, needs: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(needs[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += needs[name]
    return seen


def _in_circle(table: Table, circle: int) -> Table:
    return Table(table.name, table.key, table.columns, table.refers, circle)
