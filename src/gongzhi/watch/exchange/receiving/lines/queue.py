"""Messages of a NATS JetStream: fetched by a consumer that the broker remembers, and confirmed once
they stand on the county's side. What isn't confirmed comes again, and changes nothing then."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import nats
import nats.errors
import nats.js.errors
from nats.js.api import AckPolicy, ConsumerConfig

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.kinds.connector_sources import Queue
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.receiving.lines.asking import Asked, key_file, require_host, secret_of
from gongzhi.watch.exchange.receiving.staging import Delivery, Piece, text_table

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg
    from nats.js.client import JetStreamContext

T = TypeVar("T")
PATIENCE = 10.0
"""Seconds for which a broker may say nothing."""
EMPTY_AFTER = 1.0
"""Seconds after which a queue that gives nothing has nothing."""
COMES_AGAIN_AFTER = 900.0
"""Seconds until the broker gives a message again that nobody has confirmed: longer than a delivery
of the largest size takes to be judged."""


def deliveries(connector: Connector, asked: Asked) -> Iterator[Delivery]:
    """What waits in the queue, at most ``most`` messages a delivery. Nothing can be asked for a
    second time: what was confirmed is gone, and what wasn't comes again by itself."""
    source = connector.source
    assert isinstance(source, Queue)  # noqa: S101  (its kind said so)
    if asked.again or asked.name:
        return
    with _line(source) as line:
        while messages := line.fetch():
            piece = _piece(messages, connector)
            if not piece.table.num_rows and not piece.wrong:
                line.confirm(messages)  # empty lists
                continue
            yield Delivery(partial(_alone, piece), taken=partial(line.confirm, messages))


def _alone(piece: Piece, _cursor: str, _after: int) -> Iterator[Piece]:
    yield piece


def _piece(messages: Sequence[Msg], connector: Connector) -> Piece:
    """Their rows; a message that can't be read counts as one row, and lies in quarantine."""
    rows: list[dict[str, Any]] = []
    broken = 0
    for one in messages:
        found = _rows(one.data)
        broken += found is None
        rows += found or []
    wrong = [(len(rows) + number, "unreadable") for number in range(1, broken + 1)]
    return Piece(text_table(rows, connector.contract), wrong)


def _rows(text: bytes) -> list[dict[str, Any]] | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    rows = said if isinstance(said, list) else [said]
    return rows if all(isinstance(row, dict) for row in rows) else None


class _Line:
    """One consumer of one stream. Its loop runs only while it is asked."""

    def __init__(self, source: Queue, loop: asyncio.AbstractEventLoop) -> None:
        self.source, self.loop = source, loop
        self.client, self.waiting = self.run(_joined(source))

    def fetch(self) -> list[Msg]:
        """What waits, at most a delivery of it; none when nothing comes within a second."""
        return self.run(self._fetch())

    def confirm(self, messages: Sequence[Msg]) -> None:
        """The broker need not give them again; it has noted that when this returns."""
        self.run(self._confirm(messages))

    def run(self, asked: Coroutine[Any, Any, T]) -> T:
        """Raises LineFailed for all that can go wrong on the line."""
        try:
            return self.loop.run_until_complete(asked)
        except (nats.errors.Error, OSError, TimeoutError) as broken:
            raise LineFailed(_why(broken)) from broken

    async def _fetch(self) -> list[Msg]:
        found: list[Msg] = []
        while (wanted := self.source.most - len(found)) > 0:
            try:
                found += await self.waiting.fetch(min(wanted, 500), timeout=EMPTY_AFTER)
            except TimeoutError:  # nats-py's own is one of these
                break
        return found

    async def _confirm(self, messages: Sequence[Msg]) -> None:
        for one in messages[:-1]:
            await one.ack()
        await messages[-1].ack_sync(timeout=PATIENCE)  # the broker reads them in order


@contextmanager
def _line(source: Queue) -> Iterator[_Line]:
    for server in source.servers:
        host, _colon, port = server.rpartition(":")
        require_host(host.strip("[]"), int(port))
    loop = asyncio.new_event_loop()
    try:
        line = _Line(source, loop)
        try:
            yield line
        finally:
            line.run(line.client.close())
    finally:
        loop.close()


async def _joined(source: Queue) -> tuple[Client, JetStreamContext.PullSubscription]:
    name, word = secret_of(source.credentials)
    signing: dict[str, Any] = {"user": name, "password": word} if name else {}
    if word and not name:
        signing = {"token": word}
    authority = key_file(source.credentials, ".pem") if source.credentials else None
    trusted = str(authority) if authority and authority.exists() else None
    client = await nats.connect(
        [f"{'tls' if source.tls else 'nats'}://{one}" for one in source.servers],
        name="gongzhi", allow_reconnect=False, max_reconnect_attempts=1, reconnect_time_wait=0,
        connect_timeout=int(PATIENCE / 2),
        tls=ssl.create_default_context(cafile=trusted) if source.tls else None, **signing,
    )  # fmt: skip
    wanted = ConsumerConfig(
        ack_policy=AckPolicy.EXPLICIT, ack_wait=COMES_AGAIN_AFTER, max_ack_pending=-1
    )
    waiting = await client.jetstream(timeout=PATIENCE).pull_subscribe(
        source.subject, durable=source.consumer, stream=source.stream, config=wanted
    )
    return client, waiting


def _why(broken: BaseException) -> str:
    text = str(broken).lower()
    if isinstance(broken, ssl.SSLError):
        return "tls"
    if "authorization" in text or "permissions" in text:
        return "not_signed_in"
    if isinstance(broken, nats.js.errors.Error):
        return "no_stream"
    return "timeout" if isinstance(broken, TimeoutError) else "no_answer"
