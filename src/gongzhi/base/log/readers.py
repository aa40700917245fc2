"""Readers follow the log with a cursor, and each does one job."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event as Stop

from django.db import transaction

from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Cursor, Entry

Reader = Callable[[Entry], None]
BATCH = 200
"""Entries read at once; each moves the cursor in its own transaction."""

_readers: dict[str, Reader] = {}
_log = logging.getLogger(__name__)


def reader(name: str) -> Callable[[Reader], Reader]:
    """Register a function that is called with each entry, in order, exactly once.

    Its database writes and its cursor commit together. An effect outside the database can
    happen twice (when the process dies between the two): send ``entry.id`` as idempotency key.
    """

    def register(function: Reader) -> Reader:
        if name in _readers:
            raise ValueError(f"there are two readers named {name}")
        _readers[name] = function
        return function

    return register


def registered() -> dict[str, Reader]:
    """Every reader of the loaded apps, by name."""
    return dict(_readers)


def advance(name: str, function: Reader) -> int:
    """Let one reader read what is new, at most `BATCH` entries; says how many it read."""
    start = Cursor.objects.filter(reader=name).values_list("seq", flat=True).first() or 0
    entries = list(Entry.objects.filter(seq__gt=start).order_by("seq")[:BATCH])
    for entry in entries:
        _read(name, function, entry)
    return len(entries)


def _read(name: str, function: Reader, entry: Entry) -> None:
    with transaction.atomic():
        Cursor.objects.get_or_create(reader=name)
        # The update is the lock: a second process with the same reader finds nothing to move.
        moved = Cursor.objects.filter(reader=name, seq__lt=entry.seq).update(
            seq=entry.seq, moved_at=now()
        )
        if moved:
            function(entry)


def follow(stop: Stop, *, pause: float = 0.3) -> None:
    """Run all readers until `stop` is set. One that fails is logged and tried again later."""
    while not stop.is_set():
        read = sum(_advance_safely(name, one) for name, one in registered().items())
        if not read:
            stop.wait(pause)


def _advance_safely(name: str, function: Reader) -> int:
    try:
        return advance(name, function)
    except Exception:  # noqa: BLE001  (one reader must not stop the others)
        _log.exception("the reader %s failed; it will try the same entry again", name)
        return 0
