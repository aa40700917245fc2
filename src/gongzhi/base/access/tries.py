"""Counting tries, right across all server processes of a machine.

In a small SQLite file of its own in the county's home: one statement counts, so no two processes
can both be the last that was allowed, and no request waits for the county's database. Only a keyed
hash of who tried is kept. What is lost with the machine's power are some counts, nothing else.
"""

from __future__ import annotations

import hmac
import sqlite3
import threading
import time
from itertools import count as counter
from math import ceil
from pathlib import Path

from django.conf import settings

_TABLE = (
    "CREATE TABLE IF NOT EXISTS tries"
    " (who BLOB PRIMARY KEY, until REAL NOT NULL, number INTEGER NOT NULL) WITHOUT ROWID"
)
_COUNT = (
    "INSERT INTO tries VALUES (:who, :until, 1) ON CONFLICT (who) DO UPDATE SET"
    " number = CASE WHEN tries.until <= :now THEN 1 ELSE tries.number + 1 END,"
    " until = CASE WHEN tries.until <= :now THEN :until ELSE tries.until END"
    " RETURNING number, until"
)
SWEEP_EVERY = 1000
"""Counts of a process between two removals of what is over."""

_here = threading.local()
_counted = counter(1)


def count(name: str, who: str, seconds: int) -> tuple[int, int]:
    """Count one try; (how many in this window, whole seconds until the next one begins)."""
    now = time.time()
    told = {"who": _hashed(name, who), "now": now, "until": now + seconds}
    number, until = _connection().execute(_COUNT, told).fetchone()
    if next(_counted) % SWEEP_EVERY == 0:
        _connection().execute("DELETE FROM tries WHERE until <= ?", [now])
    return number, max(1, ceil(until - now))


def forget(name: str, who: str) -> None:
    """Begin anew for this one: they have shown who they are."""
    _connection().execute("DELETE FROM tries WHERE who = ?", [_hashed(name, who)])


def forget_all() -> None:
    """Begin anew for everybody."""
    _connection().execute("DELETE FROM tries")


def _hashed(name: str, who: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"{name}\n{who}".encode(), "sha256")[:16]


def _connection() -> sqlite3.Connection:
    """This thread's own, opened at its first use."""
    path: Path = settings.HOME.tries
    if getattr(_here, "path", None) != path:
        _here.connection, _here.path = _opened(path), path
    connection: sqlite3.Connection = _here.connection
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    # NORMAL in WAL never waits for the disk at a commit, and never leaves a broken file.
    connection.executescript("PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;")
    connection.execute(_TABLE)
    return connection
