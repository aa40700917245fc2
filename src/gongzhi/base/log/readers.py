"""Readers follow the log with a cursor, and each does one job."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event as Stop
from threading import Thread
from time import monotonic

from django.db import close_old_connections

from gongzhi.base.log import chain, jobs
from gongzhi.base.log.actions import now
from gongzhi.base.log.models import Cursor, Entry
from gongzhi.base.log.spans import span
from gongzhi.base.log.turns import in_turn

Reader = Callable[[Entry], None]
BATCH = 500
"""Entries of one transaction at most."""
BATCH_SECONDS = 0.05
"""After that long a batch commits, so that nobody who writes waits longer for a reader."""
LONGEST_WAIT = 60.0
"""Seconds until a reader that keeps failing is tried again, at most."""

_readers: dict[str, Reader] = {}
_log = logging.getLogger(__name__)


def reader(name: str) -> Callable[[Reader], Reader]:
    """Register a function that is called with each entry, in order, exactly once.

    Its database writes and its cursor commit together. An effect outside the database can
    happen twice (when the process dies between the two): send ``entry.id`` as idempotency key.
    Write it in your app's ``readers.py``, which is imported on start.
    """

    def register(function: Reader) -> Reader:
        if name in _readers:
            raise ValueError(f"there are two readers named {name}")
        _readers[name] = function
        return function

    return register


@dataclass(frozen=True)
class Together:
    """A reader that is given the entries of a batch at once, for one that must be quick."""

    read: Callable[[Sequence[Entry]], None]

    def __call__(self, entry: Entry) -> None:
        """One alone."""
        self.read([entry])


def registered() -> dict[str, Reader]:
    """Every reader of the loaded apps, by name."""
    return dict(_readers)


def advance(name: str, function: Reader) -> int:
    """Let one reader read what is new, at most one batch; says how many entries it read.

    When an entry fails, those before it are read one by one, and its failure is raised.
    """
    try:
        return _read(name, function, BATCH)
    except Exception:  # noqa: BLE001  (whatever it was, it is met again at its entry)
        return _one_by_one(name, function)


def _one_by_one(name: str, function: Reader) -> int:
    for read in range(BATCH):
        if not _read(name, function, 1):
            return read
    return BATCH


def _read(name: str, function: Reader, most: int) -> int:
    """One transaction: entries, the reader's writes, its cursor."""
    with span("reader", reader=name) as note, in_turn():
        Cursor.objects.get_or_create(reader=name)
        # The lock: a second process with the same reader waits here, and finds the cursor moved.
        cursor = Cursor.objects.select_for_update().get(reader=name)
        entries = list(Entry.objects.filter(seq__gt=cursor.seq).order_by("seq")[:most])
        read = _read_until_it_is_time(function, entries)
        if read:
            cursor.seq, cursor.moved_at = entries[read - 1].seq, now()
            cursor.save(update_fields=["seq", "moved_at"])
        note(entries=read, seq=cursor.seq)
    return read


def _read_until_it_is_time(function: Reader, entries: list[Entry]) -> int:
    """How many were read. An entry that led to an action is the last of its batch: from then on
    the transaction holds the log's lock, which everybody takes last and gives back at once."""
    if isinstance(function, Together):
        if entries:
            function.read(entries)
        return len(entries)
    begun, appended = monotonic(), chain.appended()
    for read, entry in enumerate(entries, 1):
        function(entry)
        if chain.appended() != appended or monotonic() - begun > BATCH_SECONDS:
            return read
    return len(entries)


def catch_up(name: str) -> int:
    """Let one reader read until nothing is new, for whoever can't wait for `follow`; how many
    entries it read."""
    total = 0
    while read := advance(name, _readers[name]):
        total += read
    return total


def follow(stop: Stop, *, pause: float = 0.3, with_jobs: bool = True) -> None:
    """Run all readers until `stop` is set, and the periodic jobs, too, unless others do.

    One that fails is logged and tried again later; the others go on.
    """
    working = Thread(target=jobs.work, args=(stop,), name="jobs", daemon=True)
    if with_jobs:
        working.start()
    followers = [_Follower(name, one) for name, one in registered().items()]
    while not stop.is_set():
        read = _round(followers)
        close_old_connections()
        if not read:
            stop.wait(pause)
    if with_jobs:
        working.join(5)


def _round(followers: list[_Follower]) -> int:
    """Each reader that is behind reads one batch; says how many entries were read in all."""
    try:
        jobs.mark("log.readers", every=5)
        behind = _behind()
    except Exception:  # noqa: BLE001  (one reader must not stop the others)
        _log.exception("the log can't be read; trying again")
        return 0
    return sum(one.advance() for one in followers if behind(one.name))


def _behind() -> Callable[[str], bool]:
    head, _ = chain.head()
    cursors = dict(Cursor.objects.values_list("reader", "seq"))
    return lambda name: cursors.get(name, 0) < head


class _Follower:
    """A reader that is tried again later each time it fails."""

    def __init__(self, name: str, function: Reader) -> None:
        self.name, self.function = name, function
        self.wait, self.again_at = 0.0, 0.0

    def advance(self) -> int:
        """Read one batch, unless it failed a moment ago."""
        if monotonic() < self.again_at:
            return 0
        try:
            read = advance(self.name, self.function)
        except Exception:  # noqa: BLE001  (one reader must not stop the others)
            self.wait = min(max(self.wait * 2, 0.5), LONGEST_WAIT)
            self.again_at = monotonic() + self.wait
            _log.exception("the reader %s failed; next try in %.1f s", self.name, self.wait)
            return 0
        self.wait = 0.0
        return read
