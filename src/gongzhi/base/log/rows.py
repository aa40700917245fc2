"""Inserting rows by a statement that is put together once, and not anew for every row.

Django builds each INSERT from the model's description, which costs several times what the database
needs to run it. What a resident waits for while a matter is taken in uses this instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import (
    AutoField,
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    FloatField,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
)

Reader = Callable[[Model], Any]
"""Reads what goes into one column off a row."""


def insert(row: Model) -> None:
    """Write one new row and give it its key, as ``save(force_insert=True)`` does."""
    columns, statement, key_back = _statement(type(row), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement + key_back, [read(row) for read in columns])
        if row.pk is None:
            row.pk = cursor.fetchone()[0]
    _is_stored(row)


def insert_all(rows: Sequence[Model]) -> None:
    """Write rows of one model at once; keys that the database makes are not read back."""
    if not rows:
        return
    columns, statement, _key_back = _statement(type(rows[0]), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[read(row) for read in columns] for row in rows])
    for row in rows:
        _is_stored(row)


def insert_many(rows: Sequence[Model]) -> None:
    """Write new rows of one model, as `bulk_create` does, with less of Django between.

    Their keys are drawn beforehand, so that the rows go to the driver in one call and each has
    its key afterwards. On SQLite call it in a transaction that began IMMEDIATE, as all actions do.
    """
    if not rows:
        return
    model = type(rows[0])
    columns, statement = _whole_statement(model, connection.vendor)
    with connection.cursor() as cursor:
        for row, drawn in zip(rows, _keys(cursor, model, len(rows)), strict=True):
            row.pk = drawn
        cursor.executemany(statement, [[read(row) for read in columns] for row in rows])
    for row in rows:
        _is_stored(row)


def _keys(cursor: Any, model: type[Model], many: int) -> Sequence[int]:
    """Keys that no other row has or will have."""
    table, column = model._meta.db_table, str(model._meta.pk.column)  # noqa: SLF001
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, many],
        )
        return [drawn for (drawn,) in cursor.fetchall()]
    # There is one writer at a time, and the table never gives a key twice (AUTOINCREMENT).
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    last = cursor.fetchone()
    first = last[0] + 1 if last else 1
    return range(first, first + many)


@cache
def _whole_statement(model: type[Model], vendor: str) -> tuple[list[Reader], str]:
    """The INSERT of a model with its key, and how each of its columns is read off a row."""
    return _insert_of(model, list(model._meta.concrete_fields))  # noqa: SLF001


@cache
def _statement(model: type[Model], vendor: str) -> tuple[list[Reader], str, str]:
    """The same without a key that the database makes, and what makes it come back."""
    key = model._meta.pk  # noqa: SLF001  (Django's documented API)
    made = isinstance(key, AutoField)
    fields = [one for one in model._meta.concrete_fields if not (made and one is key)]  # noqa: SLF001
    back = f" RETURNING {connection.ops.quote_name(str(key.column))}" if made else ""
    return *_insert_of(model, fields), back


def _insert_of(model: type[Model], fields: Sequence[Field[Any, Any]]) -> tuple[list[Reader], str]:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(one.column)) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)  # noqa: SLF001
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
    return [_reader(one) for one in fields], statement


_AS_THEY_ARE = (
    AutoField, BinaryField, BooleanField, CharField, FloatField, IntegerField, TextField,
)  # fmt: skip


def _reader(field: Field[Any, Any]) -> Reader:
    """How the column is read: most values are the driver's already, and need nothing done."""
    name = field.attname
    if isinstance(field, DateTimeField):
        adapt = connection.ops.adapt_datetimefield_value
        return lambda row: None if (at := getattr(row, name)) is None else adapt(at)
    if isinstance(field, ForeignKey):
        return lambda row: row.__dict__[name] or _value(row, field)
    if isinstance(field, _AS_THEY_ARE):
        return attrgetter(name)
    return lambda row: field.get_db_prep_save(getattr(row, name), connection)


def _value(row: Model, field: Field[Any, Any]) -> Any:
    value = field.pre_save(row, add=True)
    if value is None and isinstance(field, ForeignKey) and field.is_cached(row):
        other: Model | None = getattr(row, field.name)
        value = other.pk if other else None  # it got its key after this row was made
        row.__dict__[field.attname] = (
            value  # set as an attribute it would make Django forget `other`
        )
    return value


def _is_stored(row: Model) -> None:
    row._state.adding = False  # noqa: SLF001  (what `save` does)
    row._state.db = connection.alias  # noqa: SLF001
