"""NATS JetStream: subject ``<into>.<kind>``, the entry's id as ``Nats-Msg-Id``, so that what is
sent twice is kept once."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Coroutine, Sequence
from importlib.util import find_spec
from typing import Any, TypeVar

import nats
import nats.js.errors
from nats.aio.client import Client, ErrorCallback
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import StreamConfig
from nats.js.errors import NotFoundError

from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.watch.exchange.cloudevents import STRUCTURED, Event, written
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.publishing.brokers.broker import (
    PATIENCE,
    authority_of,
    require_servers,
    secret_of,
)

T = TypeVar("T")
REMEMBERS = 3600.0
"""Seconds for which a stream that we make knows an id again: longer than a process is down between
sending and noting that it has."""


def _loop() -> asyncio.AbstractEventLoop:
    """The faster one where the system has it, as for pages."""
    if find_spec("uvloop") is None:
        return asyncio.new_event_loop()
    import uvloop

    return uvloop.new_event_loop()


class Nats:
    """A line to JetStream. It has a loop of its own, which runs only while it is asked."""

    def __init__(self, stream: Stream) -> None:
        require_servers(stream)
        self.stream, self.loop = stream, _loop()
        self.last: Exception | None = None
        try:
            self.client, self.answers = self._run(_connected(stream, self._noted))
        except BaseException:
            self.loop.close()
            raise

    def publish(self, events: Sequence[Event]) -> None:
        """All in flight at once; every one acknowledged when it returns."""
        self._run(self._publish(events))

    def wait(self, seconds: float) -> None:
        """Answer the server's pings meanwhile."""
        self._run(asyncio.sleep(seconds))
        if not self.client.is_connected:
            raise LineFailed("no_answer")

    def close(self) -> None:
        """Hang up, however the line is."""
        try:
            self.loop.run_until_complete(asyncio.wait_for(self.client.close(), PATIENCE))
        except (OSError, TimeoutError, nats.errors.Error):
            pass  # it is closed by now, or will be with its process
        finally:
            self.loop.close()

    def _run(self, asked: Coroutine[Any, Any, T]) -> T:
        """Raises LineFailed for all that can go wrong on the line."""
        try:
            return self.loop.run_until_complete(asked)
        except (nats.errors.Error, OSError, TimeoutError) as broken:
            raise LineFailed(_why(self.last or broken)) from broken

    async def _noted(self, wrong: Exception) -> None:
        """What went wrong with a server, of which the client itself only says that none is left."""
        self.last = wrong

    async def _publish(self, events: Sequence[Event]) -> None:
        """Each message names a place for the server's word on it; the client's own way to publish
        makes several objects a message for that, which took most of the time."""
        answers = self.answers
        answers.begin(len(events))
        for number, one in enumerate(events):
            headers = {"Nats-Msg-Id": one["id"], "Content-Type": STRUCTURED}
            subject, back = f"{self.stream.into}.{one['type']}", f"{answers.inbox}.{number}"
            await self.client.publish(subject, written(one), reply=back, headers=headers)
        await asyncio.wait_for(answers.complete.wait(), PATIENCE)
        if answers.refused is not None:
            raise answers.refused


class _Answers:
    """The server's words on the messages in flight: how many are still to come."""

    def __init__(self, inbox: str) -> None:
        self.inbox = inbox
        self.complete = asyncio.Event()
        self.missing: set[str] = set()
        self.refused: Exception | None = None

    def begin(self, many: int) -> None:
        """Await so many."""
        self.complete.clear()
        self.missing, self.refused = {str(number) for number in range(many)}, None

    async def take(self, answer: Msg) -> None:
        """One answer. One that comes twice, or for what nobody awaits, counts for nothing."""
        number = answer.subject.rpartition(".")[2]
        if number not in self.missing:
            return
        self.missing.discard(number)
        if not answer.data:
            self.refused = nats.js.errors.NoStreamResponseError()
        elif b'"error"' in answer.data:
            self.refused = nats.js.errors.APIError.from_error(json.loads(answer.data)["error"])
        if not self.missing or self.refused is not None:
            self.complete.set()


async def _connected(stream: Stream, noted: ErrorCallback) -> tuple[Client, _Answers]:
    name, word = secret_of(stream)
    signing: dict[str, Any] = {"user": name, "password": word} if name else {}
    if word and not name:
        signing = {"token": word}
    scheme = "tls" if stream.tls else "nats"
    client = await nats.connect(
        [f"{scheme}://{one}" for one in stream.servers],
        name="gongzhi", allow_reconnect=False, max_reconnect_attempts=1, reconnect_time_wait=0,
        connect_timeout=int(PATIENCE / 2),
        tls=ssl.create_default_context(cafile=authority_of(stream)) if stream.tls else None,
        error_cb=noted, **signing,
    )  # fmt: skip
    await _made(client.jetstream(timeout=PATIENCE), stream)
    answers = _Answers(client.new_inbox())
    await client.subscribe(f"{answers.inbox}.*", cb=answers.take, pending_msgs_limit=-1)
    return client, answers


async def _made(js: JetStreamContext, stream: Stream) -> None:
    """The operator makes the stream, with the limits they want; else it is made plainly."""
    name = stream.into.upper()
    try:
        await js.stream_info(name)
    except NotFoundError:
        subjects = [f"{stream.into}.>"]
        await js.add_stream(StreamConfig(name=name, subjects=subjects, duplicate_window=REMEMBERS))


def _why(broken: BaseException) -> str:
    text = str(broken).lower()
    if isinstance(broken, ssl.SSLError):
        return "tls"
    if "authorization" in text or "permissions" in text:
        return "not_signed_in"
    if isinstance(broken, nats.js.errors.Error) or "no response from stream" in text:
        return "no_stream"
    return "timeout" if isinstance(broken, TimeoutError) else "no_answer"
