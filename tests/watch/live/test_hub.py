"""The hub: no entry is missed, none comes twice, and a page that does not read holds nobody up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from unittest.mock import patch

import pytest

from gongzhi.watch.live import hub as hubs
from gongzhi.watch.live.hub import Hub, Line, TooMany
from gongzhi.watch.live.shown import Row

APPS = frozenset({"matters"})
AT = datetime(2026, 11, 24, 8, tzinfo=UTC)


class Log:
    """A log in memory."""

    def __init__(self, entries: int = 0) -> None:
        self.rows: list[Row] = []
        self.reads = 0
        self.write(entries)

    def write(self, entries: int = 1) -> None:
        for _ in range(entries):
            self.rows.append(
                (len(self.rows) + 1, "matters.step_taken", "matters.matter:1", AT, "{}")
            )

    async def read(self, seq: int, most: int) -> list[Row]:
        self.reads += 1
        await asyncio.sleep(0)
        return self.rows[seq : seq + most]

    async def head(self) -> int:
        return len(self.rows)


def with_hub(log: Log, body: Callable[[Hub], Awaitable[None]]) -> None:
    async def run() -> None:
        hub = Hub(log.read, log.head, pause=0.005)
        try:
            await body(hub)
        finally:
            hub.close()

    asyncio.run(asyncio.wait_for(run(), 10))


async def heard(line: Line, events: int) -> list[int | str]:
    """The ids (of reloads: the word) of the next events of a line, what it missed first."""
    found: list[int | str] = []
    piece, line.missed = line.missed, b""
    while True:
        for event in piece.decode().split("\n\n"):
            lines = dict(part.split(": ", 1) for part in event.splitlines())
            if "id" in lines:
                told = json.loads(lines["data"])
                found.append("reload" if told["kind"] == "live.reload" else int(lines["id"]))
        if len(found) >= events:
            return found
        piece = await line.pieces.get()


def test_a_page_hears_what_it_missed_and_what_comes_each_once() -> None:
    log = Log(5)

    async def body(hub: Hub) -> None:
        line = await hub.open(3, APPS)
        assert await heard(line, 2) == [4, 5]
        log.write(2)
        assert await heard(line, 2) == [6, 7]

    with_hub(log, body)


def test_nothing_falls_between_what_was_missed_and_what_comes() -> None:
    log = Log(5)

    async def body(hub: Hub) -> None:
        await hub.open(None, APPS)  # the poller is at 5
        log.write(3)  # …and has not yet seen these
        line = await hub.open(2, APPS)
        assert await heard(line, 6) == [3, 4, 5, 6, 7, 8]

    with_hub(log, body)


def test_a_page_without_a_past_hears_from_now_on() -> None:
    log = Log(5)

    async def body(hub: Hub) -> None:
        line = await hub.open(None, APPS)
        log.write()
        assert await heard(line, 1) == [6]

    with_hub(log, body)


def test_a_page_that_shows_what_was_just_written_is_not_loaded_again() -> None:
    log = Log(5)

    async def body(hub: Hub) -> None:
        await hub.open(None, APPS)  # the poller is at 5
        log.write(2)  # a deed, whose answer is a page that shows it
        line = await hub.open(7, APPS)
        log.write()
        assert 8 in (told := await heard(line, 3))
        assert "reload" not in told

    with_hub(log, body)


@pytest.mark.parametrize("after", [0, 3000], ids=["too far behind", "ahead of a log put back"])
def test_a_page_out_of_reach_is_told_to_reload(after: int) -> None:
    async def body(hub: Hub) -> None:
        assert await heard(await hub.open(after, APPS), 1) == ["reload"]

    with_hub(Log(2000), body)


def test_an_import_makes_pages_reload_now_and_then_instead_of_drowning_them() -> None:
    log = Log()

    async def body(hub: Hub) -> None:
        line = await hub.open(None, APPS)
        log.write(5000)
        assert await heard(line, 1) == ["reload"]
        log.write(5000)
        await asyncio.sleep(0.05)
        assert line.pieces.empty()
        with patch.object(hubs, "RELOAD_SECONDS", 0):
            assert await heard(line, 1) == ["reload"]
        log.write()
        assert await heard(line, 1) == [10_001]

    with_hub(log, body)


def test_a_page_that_does_not_read_is_let_go_and_the_others_hear_on() -> None:
    log = Log()

    async def body(hub: Hub) -> None:
        with patch.object(hubs, "WAITING", 2):
            slow, quick = await hub.open(None, APPS), await hub.open(None, APPS)
        for n in range(1, 5):
            log.write()
            assert await heard(quick, 1) == [n]
        assert slow.ended.is_set()
        assert not quick.ended.is_set()

    with_hub(log, body)


def test_each_page_hears_only_what_it_may() -> None:
    log = Log()

    async def body(hub: Hub) -> None:
        deaf, hearing = await hub.open(None, frozenset({"calls"})), await hub.open(None, APPS)
        log.write()
        assert await heard(hearing, 1) == [1]
        assert deaf.pieces.empty()
        assert await heard(await hub.open(0, APPS), 1) == [1]
        assert b"id:" not in (await hub.open(0, frozenset({"calls"}))).missed

    with_hub(log, body)


def test_a_quiet_line_beats() -> None:
    async def body(hub: Hub) -> None:
        with patch.object(hubs, "BEAT_SECONDS", 0.01):
            line = await hub.open(None, APPS)
            assert line.missed == b"event: beat\ndata: {}\n\n"
            assert (await line.pieces.get()).startswith(b"event: beat")

    with_hub(Log(), body)


def test_nobody_listens_and_the_log_is_not_read() -> None:
    log = Log()

    async def body(hub: Hub) -> None:
        hub.leave(await hub.open(None, APPS))
        await asyncio.sleep(0.05)
        before = log.reads
        await asyncio.sleep(0.05)
        assert log.reads == before
        log.write()
        assert await heard(await hub.open(0, APPS), 1) == [1]

    with_hub(log, body)


def test_a_database_that_fails_once_is_read_again(caplog: pytest.LogCaptureFixture) -> None:
    log = Log()

    async def body(hub: Hub) -> None:
        line = await hub.open(None, APPS)
        hub.read, good = _fails, hub.read
        log.write()
        await asyncio.sleep(0.02)
        hub.read = good
        assert await heard(line, 1) == [1]

    with_hub(log, body)
    assert "trying again" in caplog.text


async def _fails(seq: int, most: int) -> list[Row]:
    raise ConnectionError("no database")


def test_when_the_server_stops_all_lines_end_and_none_begins() -> None:
    async def body(hub: Hub) -> None:
        line = await hub.open(None, APPS)
        hub.close()
        assert line.ended.is_set()
        with pytest.raises(TooMany):
            await hub.open(None, APPS)

    with_hub(Log(), body)
