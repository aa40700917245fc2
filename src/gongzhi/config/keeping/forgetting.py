"""Bringing a restored county to the state in which later erasures had left it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.events import ERASED_AGAIN
from gongzhi.config.keeping.erased import STAYS, Told, concerned, subjects_of
from gongzhi.config.keeping.shape import Table
from gongzhi.config.keeping.stores import Store, quoted
from gongzhi.config.keeping.values import TO_POSTGRESQL, TO_SQLITE, Row

NOTHING: tuple[Any, ...] = ("", "—", None, {}, [])
"""How erasing leaves a column."""
ENDS = ("erased_at", "destroyed_at")
"""Columns that say when a row was emptied."""


@dataclass
class Plan:
    """What is to change, found out before anything is."""

    emptied: list[tuple[Table, Any, dict[str, Any]]] = field(default_factory=list)
    """Table, key and the columns' values."""
    gone: list[tuple[Table, Any]] = field(default_factory=list)
    """Rows to take away, those that refer to others before them."""

    @property
    def rows(self) -> int:
        """How many it is about."""
        gone = {(table.name, key) for table, key in self.gone}
        return len(gone | {(table.name, key) for table, key, some in self.emptied if some})


def plan(store: Store, all_tables: Iterable[Table], later: Told, head: int) -> Plan:
    """Compare the rows that entries after `head` are about with how those entries left them."""
    those = list(all_tables)
    subjects = subjects_of(entry for entry in later.entries if entry[0] > head)
    made = Plan()
    if not subjects:
        return made
    here = concerned(store, those, subjects)
    for table in reversed(those):
        for key, row in here.get(table.name, {}).items():
            _compare(made, table, key, row, later.rows.get(table.name, {}).get(key))
    made.gone = _without_held(store, those, made.gone)
    return made


def _compare(made: Plan, table: Table, key: Any, row: Row, left: Row | None) -> None:
    if table.name in STAYS and left is None:
        return
    if left is None:
        made.gone.append((table, key))
        made.emptied.append((table, key, _blank(table, row)))  # in case it can't be taken away
    elif changes := _changes(table, row, left):
        made.emptied.append((table, key, changes))


def _changes(table: Table, row: Row, left: Row) -> dict[str, Any]:
    words, stays = _words(table), table.name in STAYS
    found = {}
    for column, was, now in zip(table.columns, row, left, strict=True):
        free = column.name in words or column.kind == "bytes" or column.name in ENDS
        if was != now and (free or (now in NOTHING and not stays)) and column.name != table.key:
            found[column.name] = now
    return found


def _blank(table: Table, row: Row) -> dict[str, Any]:
    """The row's words and seals taken out of it."""
    words = _words(table)
    return {
        column.name: ""
        for column, was in zip(table.columns, row, strict=True)
        if was and (column.name in words or column.kind == "bytes")
    }


def _words(table: Table) -> set[str]:
    """The columns for what people write; others of kind text hold codes and states."""
    from django.apps import apps
    from django.db.models import TextField

    model = next(
        one for one in apps.get_models(include_auto_created=True)
        if one._meta.db_table == table.name  # noqa: SLF001  (Django's documented API)
    )  # fmt: skip
    fields = model._meta.concrete_fields  # noqa: SLF001  (as above)
    return {str(one.column) for one in fields if isinstance(one, TextField)}


def _without_held(
    store: Store, those: Iterable[Table], gone: list[tuple[Table, Any]]
) -> list[tuple[Table, Any]]:
    """Without rows to which another one refers that stays: those are only emptied."""
    by_table: dict[str, set[Any]] = {}
    for table, key in gone:
        by_table.setdefault(table.name, set()).add(key)
    held: set[tuple[str, Any]] = set()
    for table in those:
        key = table.names.index(table.key)
        for column, other in table.refers.items():
            wanted = sorted(by_table.get(other, ()))
            place = table.names.index(column)
            for row in store.read_where(table, column, wanted) if wanted else ():
                if row[key] not in by_table.get(table.name, ()):
                    held.add((other, row[place]))
    return [(table, key) for table, key in gone if (table.name, key) not in held]


@action
def erase_again(by: Actor, what: Plan) -> None:
    """Empty and take away what the plan says; on the log only that it was done, and how much."""
    gone = {(table.name, key) for table, key in what.gone}
    for table, key, columns in what.emptied:
        if columns and (table.name, key) not in gone:
            _update(table, key, columns)
    for table, key in what.gone:
        _run(table, f"DELETE FROM {quoted(table.name)} WHERE {quoted(table.key)} = %s", {}, key)  # noqa: S608
    record(ERASED_AGAIN, "people.county", rows=what.rows)


def _update(table: Table, key: Any, columns: Mapping[str, Any]) -> None:
    sets = ", ".join(f"{quoted(name)} = %s" for name in columns)
    statement = f"UPDATE {quoted(table.name)} SET {sets} WHERE {quoted(table.key)} = %s"  # noqa: S608
    _run(table, statement, columns, key)


def _run(table: Table, statement: str, columns: Mapping[str, Any], key: Any) -> None:
    from django.db import connection

    changes = TO_POSTGRESQL if connection.vendor == "postgresql" else TO_SQLITE
    kinds = {column.name: column.kind for column in table.columns}
    values = [None if v is None else changes[kinds[n]](v) for n, v in columns.items()]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, changes[table.key_kind](key)])
