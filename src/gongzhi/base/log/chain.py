"""The chain: each entry's hash covers the entry and the hash before it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uuid_utils
from django.db import connection

from gongzhi.base.crypto.county import suite
from gongzhi.base.crypto.suite import Suite
from gongzhi.base.log.models import Entry

START = "0" * 64
"""What the first entry is chained to."""

_HEAD = "SELECT seq, hash FROM log_entry ORDER BY seq DESC LIMIT 1"
_TAKE_HEAD = {"sqlite": _HEAD, "postgresql": "SELECT seq, hash FROM log_take_head()"}
_appended: ContextVar[int] = ContextVar("appended", default=0)


def canonical(fields: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no blanks: equal facts give equal text."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(slots=True)
class Draft:
    """An entry to be; without its place in the chain as long as ``seq`` is 0."""

    id: UUID
    at: datetime
    by: str
    kind: str
    subject: str
    text: str
    seq: int = 0
    hash: str = ""


def digest(before: str, entry: Entry | Draft, by: Suite | None = None) -> str:
    """The hash of the hash before and of everything that the entry says: by this suite, or by the
    county's own (SHA-256 or SM3). A chain is of one suite from its first entry to its last."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [
        before, entry.seq, str(entry.id), at, entry.by, entry.kind, entry.subject, entry.text,
    ]  # fmt: skip
    # JSON keeps the borders between the parts: ["ab","c"] is not ["a","bc"].
    return (by or suite()).digest(json.dumps(parts, ensure_ascii=False).encode())


def draft(at: datetime, by: str, kind: str, subject: str, fields: Mapping[str, Any]) -> Draft:
    """An entry without its place in the chain."""
    new = UUID(bytes=uuid_utils.uuid7().bytes)
    return Draft(new, at, by, kind, subject, canonical(fields))


def head() -> tuple[int, str]:
    """The last entry's position and hash; (0, START) for an empty log."""
    return _ask(_HEAD)


def _ask(statement: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        last: tuple[int, str] | None = cursor.fetchone()
    return last or (0, START)


def append(drafts: Sequence[Draft]) -> None:
    """Give the drafts their places and write them; call last in a transaction.

    PostgreSQL: the advisory lock is held until the commit, so the order of entries is the order
    of commits and a reader that has seen ``seq`` has seen all before it. SQLite: the transaction
    began IMMEDIATE, so there is one writer already.
    """
    _appended.set(_appended.get() + len(drafts))
    seq, before = _ask(_TAKE_HEAD[connection.vendor])
    for entry in drafts:
        seq += 1
        entry.seq = seq
        entry.hash = before = digest(before, entry)
    _insert(drafts)


def appended() -> int:
    """How many entries this thread has written so far."""
    return _appended.get()


# Every action ends here, so the rows go straight to the driver: as model instances through
# `bulk_create` they cost four times as much.
_INSERT = (
    'INSERT INTO log_entry (seq, id, "at", "by", kind, subject, text, hash)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)


def _insert(drafts: Sequence[Draft]) -> None:
    with connection.cursor() as cursor:
        if len(drafts) == 1:
            cursor.execute(_INSERT, _row(drafts[0]))
        else:
            cursor.executemany(_INSERT, [_row(entry) for entry in drafts])


def _row(entry: Draft) -> tuple[Any, ...]:
    """The entry's columns, in the order of the statement, as this database keeps them."""
    id_ = entry.id if connection.features.has_native_uuid_field else entry.id.hex
    at = connection.ops.adapt_datetimefield_value(entry.at)
    return entry.seq, id_, at, entry.by, entry.kind, entry.subject, entry.text, entry.hash
