"""Whose turn it is to write, where the database has one writer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection, transaction

_turn = Lock()


@contextmanager
def in_turn() -> Iterator[None]:
    """``transaction.atomic()``; on SQLite the writers of one process wait in line for theirs.

    SQLite itself lets them sleep and look again, up to 0.1 s at a time while nobody writes at all.
    Inside another transaction nothing is waited for: that one has its turn already.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with _turn, transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield
