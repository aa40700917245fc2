"""Reading and writing a county's rows on either database, by its own driver, as a stream."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from gongzhi.config.keeping.shape import Table
from gongzhi.config.keeping.values import (
    FROM_POSTGRESQL,
    FROM_SQLITE,
    TO_POSTGRESQL,
    TO_SQLITE,
    Row,
    changed,
)

BATCH = 2000
"""Rows that are held at once."""


class Store(Protocol):
    """One county's database. All that is read within one `begin` is of one moment."""

    vendor: str

    def begin(self) -> None:
        """Begin a transaction."""

    def commit(self) -> None:
        """End it, for good."""

    def rollback(self) -> None:
        """End it as if it had not been."""

    def close(self) -> None:
        """Let the database go."""

    def tables(self) -> set[str]:
        """What tables are there."""

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement, ``?`` standing for values; what it answers."""

    def read(self, table: Table, *, after: Any = None) -> Iterator[Row]:
        """The table's rows in the order of their keys, from behind the key `after`."""

    def read_where(self, table: Table, column: str, among: Sequence[Any]) -> Iterator[Row]:
        """Those rows whose column holds one of these."""

    def write(self, table: Table, rows: Iterable[Row]) -> int:
        """Add the rows; how many they were. Raises ValueError for what doesn't fit."""

    def counters(self) -> dict[str, int]:
        """The last key that each table gave by itself; gaps and erased rows included."""

    def set_counters(self, last: Mapping[str, int]) -> None:
        """Let the tables go on from there."""


def quoted(name: str) -> str:
    """A name of ours for a statement. Raises ValueError for what can't be one."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", name, re.ASCII):
        raise ValueError(f"{name!r} is no name of a table or column")
    return f'"{name}"'


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """So many at once."""
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _columns(table: Table) -> str:
    return ", ".join(quoted(column.name) for column in table.columns)


def _bare(table: Table) -> str:
    """The columns as SQLite holds them: an expression has no declared type that Django's own
    connection would convert by."""
    return ", ".join(f"+{quoted(column.name)}" for column in table.columns)


class SqliteStore:
    """A county on SQLite."""

    vendor = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @classmethod
    def at(cls, path: Path, *, write: bool = False) -> SqliteStore:
        """The database in this file, which is there."""
        uri = f"{path.resolve().as_uri()}?mode={'rw' if write else 'ro'}"
        return cls(sqlite3.connect(uri, uri=True, timeout=20, isolation_level=None))

    def begin(self) -> None:
        self.connection.execute("BEGIN")

    def commit(self) -> None:
        self.connection.execute("COMMIT")

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        self.connection.close()

    def tables(self) -> set[str]:
        return {name for (name,) in self.ask("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement, values).fetchall()

    def read(self, table: Table, *, after: Any = None) -> Iterator[Row]:
        key = quoted(table.key)
        behind = "" if after is None else f" WHERE {key} > ?"
        statement = f"SELECT {_bare(table)} FROM {quoted(table.name)}{behind} ORDER BY {key}"  # noqa: S608
        values = [] if after is None else [TO_SQLITE[table.key_kind](after)]
        yield from map(changed(table, FROM_SQLITE), self.connection.execute(statement, values))

    def read_where(self, table: Table, column: str, among: Sequence[Any]) -> Iterator[Row]:
        marks = ", ".join("?" * len(among))
        statement = (
            f"SELECT {_bare(table)} FROM {quoted(table.name)}"  # noqa: S608
            f" WHERE {quoted(column)} IN ({marks}) ORDER BY {quoted(table.key)}"
        )
        kind = next(one.kind for one in table.columns if one.name == column)
        values = [TO_SQLITE[kind](one) for one in among]
        yield from map(changed(table, FROM_SQLITE), self.connection.execute(statement, values))

    def write(self, table: Table, rows: Iterable[Row]) -> int:
        marks, written = ", ".join("?" * len(table.columns)), 0
        statement = f"INSERT INTO {quoted(table.name)} ({_columns(table)}) VALUES ({marks})"  # noqa: S608
        change = changed(table, TO_SQLITE)
        for batch in batches(rows):
            try:
                self.connection.executemany(statement, map(change, batch))
            except (sqlite3.DataError, sqlite3.IntegrityError, OverflowError) as wrong:
                raise ValueError(f"{table.name}: {wrong}") from wrong
            written += len(batch)
        return written

    def counters(self) -> dict[str, int]:
        return dict(self.ask("SELECT name, seq FROM sqlite_sequence ORDER BY name"))

    def set_counters(self, last: Mapping[str, int]) -> None:
        for name, seq in last.items():
            self.ask("DELETE FROM sqlite_sequence WHERE name = ?", [name])
            self.ask("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [name, seq])


class PostgresStore:
    """A county on PostgreSQL: its tables are those of the connection's first schema."""

    vendor = "postgresql"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @classmethod
    def at(cls, settings: Mapping[str, Any]) -> PostgresStore:
        """The database that these settings of Django name, in a connection of its own."""
        import psycopg

        options = {k: v for k, v in settings["OPTIONS"].items() if k != "pool"}
        known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
        options |= {k: settings[name] for k, name in known.items() if settings[name]}
        if settings["PORT"]:
            options["port"] = settings["PORT"]
        return cls(psycopg.connect(autocommit=True, **options))

    def begin(self) -> None:
        self.connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")

    def commit(self) -> None:
        self.connection.execute("COMMIT")

    def rollback(self) -> None:
        from psycopg.pq import TransactionStatus

        if self.connection.info.transaction_status != TransactionStatus.IDLE:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        self.connection.close()

    def tables(self) -> set[str]:
        here = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        return {name for (name,) in self.ask(here)}

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement.replace("?", "%s"), values)
            return cursor.fetchall() if cursor.description else []

    def read(self, table: Table, *, after: Any = None) -> Iterator[Row]:
        behind = "" if after is None else f" WHERE {sorted_key(table)} > %s"
        values = [] if after is None else [after]
        yield from self._stream(table, behind, values)

    def read_where(self, table: Table, column: str, among: Sequence[Any]) -> Iterator[Row]:
        yield from self._stream(table, f" WHERE {quoted(column)} = ANY(%s)", [list(among)])

    def _stream(self, table: Table, where: str, values: Sequence[Any]) -> Iterator[Row]:
        columns = ", ".join(
            quoted(one.name) + ("::text" if one.kind == "json" else "") for one in table.columns
        )
        statement = (
            f"SELECT {columns} FROM {quoted(table.name)}{where} ORDER BY {sorted_key(table)}"  # noqa: S608
        )
        with self.connection.cursor(name="county_rows") as cursor:
            cursor.itersize = BATCH
            cursor.execute(statement, values)
            yield from map(changed(table, FROM_POSTGRESQL), cursor)

    def write(self, table: Table, rows: Iterable[Row]) -> int:
        import psycopg

        written, change = 0, changed(table, TO_POSTGRESQL)
        statement = f"COPY {quoted(table.name)} ({_columns(table)}) FROM STDIN"
        try:
            with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(change(row))
                    written += 1
        except (psycopg.DataError, psycopg.IntegrityError) as wrong:
            raise ValueError(f"{table.name}: {wrong.diag.context or ''} {wrong}") from wrong
        return written

    def counters(self) -> dict[str, int]:
        found = {}
        for table, sequence in self._sequences().items():
            ((last, called),) = self.ask(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
            if called:
                found[table] = int(last)
        return found

    def set_counters(self, last: Mapping[str, int]) -> None:
        for table, sequence in self._sequences().items():
            seq = last.get(table, 0)
            self.ask("SELECT setval(?::regclass, ?, ?)", [sequence, seq or 1, seq > 0])

    def _sequences(self) -> dict[str, str]:
        """The sequence of each table that gives its keys by itself, as SQL names it."""
        owned = (
            "SELECT c.relname, s.oid::regclass::text FROM pg_class s"
            " JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')"
            " AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
            " JOIN pg_class c ON c.oid = d.refobjid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE s.relkind = 'S' AND n.nspname = current_schema() ORDER BY c.relname"
        )
        return dict(self.ask(owned))


def sorted_key(table: Table) -> str:
    """In the order of the bytes, as SQLite sorts, whatever language the server speaks."""
    return quoted(table.key) + (' COLLATE "C"' if table.key_kind == "text" else "")


def django_store() -> Store:
    """The same in Django's own connection, within the transaction that is open there."""
    from django.db import connection

    connection.ensure_connection()
    raw: Any = connection.connection
    return SqliteStore(raw) if connection.vendor == "sqlite" else PostgresStore(raw)


def own_store(*, write: bool = False) -> Store:
    """The database of the county that this process serves, in a connection of its own."""
    from django.conf import settings

    here = settings.DATABASES["default"]
    if here["ENGINE"].endswith("sqlite3"):
        return SqliteStore.at(Path(here["NAME"]), write=write)
    return PostgresStore.at(here)
