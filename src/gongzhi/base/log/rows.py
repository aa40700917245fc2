"""Inserting rows by a statement that is put together once, and not anew for every row.

Django builds each INSERT from the model's description, which costs several times what the database
needs to run it. What a resident waits for while a matter is taken in uses this instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, ForeignKey, Model


def insert(row: Model) -> None:
    """Write one new row and give it its key, as ``save(force_insert=True)`` does."""
    fields, statement, key_back = _statement(type(row), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement + key_back, _values(row, fields))
        if row.pk is None:
            row.pk = cursor.fetchone()[0]
    _is_stored(row)


def insert_all(rows: Sequence[Model]) -> None:
    """Write rows of one model at once; keys that the database makes are not read back."""
    if not rows:
        return
    fields, statement, _key_back = _statement(type(rows[0]), connection.vendor)
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_values(row, fields) for row in rows])
    for row in rows:
        _is_stored(row)


@cache
def _statement(model: type[Model], vendor: str) -> tuple[list[Field[Any, Any]], str, str]:
    """The columns of a model, its INSERT, and what makes the database's own key come back."""
    key = model._meta.pk  # noqa: SLF001  (Django's documented API)
    made = isinstance(key, AutoField)
    fields = [one for one in model._meta.concrete_fields if not (made and one is key)]  # noqa: SLF001
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(one.column)) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)  # noqa: SLF001
    back = f" RETURNING {quote(str(key.column))}" if made else ""
    return fields, f"INSERT INTO {table} ({columns}) VALUES ({marks})", back  # noqa: S608


def _values(row: Model, fields: Sequence[Field[Any, Any]]) -> list[Any]:
    return [one.get_db_prep_save(_value(row, one), connection) for one in fields]


def _value(row: Model, field: Field[Any, Any]) -> Any:
    value = field.pre_save(row, add=True)
    if value is None and isinstance(field, ForeignKey) and field.is_cached(row):
        other: Model | None = getattr(row, field.name)
        value = other.pk if other else None  # it got its key after this row was made
        setattr(row, field.attname, value)
    return value


def _is_stored(row: Model) -> None:
    row._state.adding = False  # noqa: SLF001  (what `save` does)
    row._state.db = connection.alias  # noqa: SLF001
