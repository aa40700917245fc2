"""The chain: each entry's hash covers the entry and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uuid_utils
from django.db import connection

from gongzhi.base.log.models import Entry
from gongzhi.base.log.rows import insert_all

START = "0" * 64
"""What the first entry is chained to."""

# Any number will do, as long as every writer of this database takes the same one.
_WRITERS_LOCK = 0x676F6E677A6869
_appended: ContextVar[int] = ContextVar("appended", default=0)


def canonical(fields: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no blanks: equal facts give equal text."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(before: str, entry: Entry) -> str:
    """SHA-256 (FIPS 180-4) of the hash before and of everything that the entry says."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [
        before, entry.seq, str(entry.id), at, entry.by, entry.kind, entry.subject, entry.text,
    ]  # fmt: skip
    # JSON keeps the borders between the parts: ["ab","c"] is not ["a","bc"].
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def draft(at: datetime, by: str, kind: str, subject: str, fields: Mapping[str, Any]) -> Entry:
    """An entry without its place in the chain."""
    return Entry(
        id=UUID(bytes=uuid_utils.uuid7().bytes),
        at=at, by=by, kind=kind, subject=subject, text=canonical(fields),
    )  # fmt: skip


def head() -> tuple[int, str]:
    """The last entry's position and hash; (0, START) for an empty log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM log_entry ORDER BY seq DESC LIMIT 1")
        last: tuple[int, str] | None = cursor.fetchone()
    return last or (0, START)


def append(drafts: Sequence[Entry]) -> list[Entry]:
    """Give the drafts their places and write them; call last in a transaction.

    PostgreSQL: the advisory lock is held until the commit, so the order of entries is the order
    of commits and a reader that has seen ``seq`` has seen all before it. SQLite: the transaction
    began IMMEDIATE, so there is one writer already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITERS_LOCK])
    _appended.set(_appended.get() + len(drafts))
    seq, before = head()
    for entry in drafts:
        seq += 1
        entry.seq = seq
        entry.hash = before = digest(before, entry)
    insert_all(drafts)
    return list(drafts)


def appended() -> int:
    """How many entries this thread has written so far."""
    return _appended.get()
