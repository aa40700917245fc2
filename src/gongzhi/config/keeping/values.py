"""Values that are the same whichever database they come from, and what JSON can hold.

    int, float, bool, text   as they are
    datetime                 2026-11-30T07:33:26.000412Z, always UTC
    date, time, uuid         2026-11-30, 07:33:26, 019ad…-…
    bytes                    base64
    json                     itself, its keys in order

A row is a tuple of them, in the order of its table's columns. A seal stays a seal: nothing here
opens one.
"""

from __future__ import annotations

import json
import math
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from gongzhi.config.keeping.shape import Table

Row = tuple[Any, ...]
Change = Callable[[Any], Any]
"""How one value is changed; never called with None."""
_WHOLE_BEYOND = 1e16
"""From here on Python writes a float with an exponent, and PostgreSQL a whole number."""


class Unfit(ValueError):
    """A value that the other database can't hold; says which."""


def line(table: Table, row: Row) -> str:
    """The row as one line of JSON, without its line break."""
    told = dict(zip(table.names, row, strict=True))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def row_of(table: Table, text: str) -> Row:
    """The row that a line tells of. Raises ValueError with what is wrong with it."""
    told = json.loads(text)
    if not isinstance(told, dict) or list(told) != table.names:
        raise ValueError("these are not the table's columns")
    row = tuple(told.values())
    for column, value in zip(table.columns, row, strict=True):
        if value is not None and not _FITS[column.kind](value):
            raise ValueError(f"{column.name} is no {column.kind}")
    return row


def normal(found: Any) -> Any:
    """JSON as it is however a database wrote it down: PostgreSQL keeps no order of keys."""
    if isinstance(found, dict):
        return {key: normal(found[key]) for key in sorted(found)}
    if isinstance(found, list):
        return [normal(one) for one in found]
    if isinstance(found, float) and abs(found) >= _WHOLE_BEYOND and found.is_integer():
        return int(found)
    return found


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _number(found: float) -> float:
    if not math.isfinite(found):
        raise Unfit("a number that is none (NaN, infinity)")
    return float(found)


def _as_it_is(value: Any) -> Any:
    return value


def _from_bytes(found: bytes) -> str:
    return b64encode(found).decode()


def _from_json(text: str) -> Any:
    return normal(json.loads(text))


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


FROM_SQLITE: dict[str, Change] = {
    "int": _as_it_is, "text": _as_it_is, "float": _number, "bool": bool, "bytes": _from_bytes,
    "datetime": lambda text: text.replace(" ", "T") + "Z", "date": _as_it_is, "time": _as_it_is,
    "json": _from_json, "uuid": lambda text: str(UUID(text)),
}  # fmt: skip
"""From what SQLite holds, as Django writes it."""
TO_SQLITE: dict[str, Change] = {
    "int": _as_it_is, "text": _as_it_is, "float": _as_it_is, "bool": int, "bytes": b64decode,
    "datetime": lambda text: text[:-1].replace("T", " "), "date": _as_it_is, "time": _as_it_is,
    "json": _to_json, "uuid": lambda text: text.replace("-", ""),
}  # fmt: skip
FROM_POSTGRESQL: dict[str, Change] = {
    "int": _as_it_is, "text": _as_it_is, "float": _number, "bool": _as_it_is,
    "bytes": _from_bytes, "datetime": _moment, "date": date.isoformat, "time": time.isoformat,
    "json": _from_json, "uuid": str,
}  # fmt: skip
"""From what psycopg gives; JSON is asked for as text."""
TO_POSTGRESQL: dict[str, Change] = {
    "int": _as_it_is, "text": _as_it_is, "float": _as_it_is, "bool": _as_it_is,
    "bytes": b64decode, "datetime": _as_it_is, "date": _as_it_is, "time": _as_it_is,
    "json": _to_json, "uuid": _as_it_is,
}  # fmt: skip


def changed(table: Table, changes: dict[str, Change]) -> Callable[[Row], Row]:
    """What changes a whole row of this table."""
    of = [changes[column.kind] for column in table.columns]

    def change(row: Row) -> Row:
        pairs = zip(of, row, strict=True)
        return tuple([None if value is None else one(value) for one, value in pairs])

    return change


def _reads(read: Callable[[str], object]) -> Callable[[Any], bool]:
    """Whether it is a text that `read` can read."""

    def fits(value: Any) -> bool:
        try:
            return isinstance(value, str) and read(value) is not None
        except ValueError:
            return False

    return fits


def _is_moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text[:-1]) if text.endswith("Z") else None


_FITS: dict[str, Callable[[Any], bool]] = {
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "text": lambda value: isinstance(value, str),
    "float": lambda value: isinstance(value, float),
    "bool": lambda value: isinstance(value, bool),
    "bytes": _reads(lambda text: b64decode(text, validate=True)),
    "datetime": _reads(_is_moment),
    "date": _reads(date.fromisoformat),
    "time": _reads(time.fromisoformat),
    "json": lambda value: True,
    "uuid": _reads(UUID),
}
