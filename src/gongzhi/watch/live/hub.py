"""One poller a process, and a bounded queue for each page that listens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from time import monotonic

from gongzhi.watch.live.shown import BEAT, Row, chunk, reload

PAUSE = 0.3
"""Seconds between two looks at the log."""
BEAT_SECONDS = 15.0
FLOOD = 1000
"""More new entries than that, and a page had better load itself anew."""
RELOAD_SECONDS = 15.0
"""During an import pages are told to reload no more often than that."""
WAITING = 64
"""Pieces that may wait for one page; one that reads slower is let go, and comes back."""
LINES = 2000
"""Pages that may listen to one process."""

Read = Callable[[int, int], Awaitable[list[Row]]]
Head = Callable[[], Awaitable[int]]
_log = logging.getLogger(__name__)


class TooMany(Exception):
    """As many pages listen as this process can serve, or it is about to end."""


class Line:
    """What one page has still to hear."""

    def __init__(self, apps: frozenset[str]) -> None:
        self.apps = apps
        self.missed = b""
        self.pieces: asyncio.Queue[bytes] = asyncio.Queue(WAITING)
        self.ended = asyncio.Event()

    def put(self, piece: bytes) -> None:
        """Queue a piece; end the line when the page does not keep up."""
        try:
            self.pieces.put_nowait(piece)
        except asyncio.QueueFull:
            self.ended.set()


class Hub:
    """Reads the log once for all pages. Lives on one event loop."""

    def __init__(self, read: Read, head: Head, *, pause: float = PAUSE) -> None:
        self.read, self.head, self.pause = read, head, pause
        self.lines: set[Line] = set()
        self.position = 0
        self.closed = False
        self._polling: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._beat_at = self._reloaded_at = 0.0
        self._reload_due = False

    async def open(self, after: int | None, apps: frozenset[str]) -> Line:
        """A line that hears all that these apps record after the entry `after`, or from now on.

        It is on the list before what it missed is read, so that nothing falls between the two.
        """
        if self.closed or len(self.lines) >= LINES:
            raise TooMany
        await self._start()
        line, upto = Line(apps), self.position
        self.lines.add(line)
        try:
            line.missed = BEAT + await self._between(after, upto, apps)
        except BaseException:
            self.leave(line)
            raise
        return line

    def leave(self, line: Line) -> None:
        """Forget a line; without any the log is not read."""
        self.lines.discard(line)

    def close(self) -> None:
        """End all lines, at once and for good: the server stops."""
        self.closed = True
        for line in self.lines:
            line.ended.set()
        if self._polling:
            self._polling.cancel()

    async def _between(self, after: int | None, upto: int, apps: frozenset[str]) -> bytes:
        if after is None or after == upto:
            return b""
        if upto < after <= await self.head():  # a page newer than our last look at the log
            return b""
        if not 0 <= upto - after <= FLOOD:  # too far behind; or ahead, of a log put back
            return reload(upto)
        return chunk(await self.read(after, upto - after), apps)

    async def _start(self) -> None:
        async with self._starting:
            if self._polling is None or self._polling.done():
                self.position = await self.head()
                self._beat_at = monotonic() + BEAT_SECONDS
                self._polling = asyncio.create_task(self._poll())

    async def _poll(self) -> None:
        await asyncio.sleep(self.pause)
        while self.lines:
            try:
                await self._look()
            except Exception:  # noqa: BLE001  (the database may be back in a moment)
                _log.exception("the log can't be read for the live line; trying again")
            self._beat()
            await asyncio.sleep(self.pause)

    async def _look(self) -> None:
        rows = await self.read(self.position, FLOOD + 1)
        if len(rows) > FLOOD:
            self.position = await self.head()
            self._reload_due = True
        elif rows:
            self.position = rows[-1][0]
            self._tell_rows(rows)
        if self._reload_due and monotonic() > self._reloaded_at + RELOAD_SECONDS:
            self._reload_due, self._reloaded_at = False, monotonic()
            self._tell(reload(self.position))

    def _tell_rows(self, rows: list[Row]) -> None:
        """One piece for all lines that hear the same apps."""
        pieces = {apps: chunk(rows, apps) for apps in {line.apps for line in self.lines}}
        for line in self.lines:
            if pieces[line.apps]:
                line.put(pieces[line.apps])

    def _beat(self) -> None:
        if monotonic() > self._beat_at:
            self._beat_at = monotonic() + BEAT_SECONDS
            self._tell(BEAT)

    def _tell(self, piece: bytes) -> None:
        for line in self.lines:
            line.put(piece)
