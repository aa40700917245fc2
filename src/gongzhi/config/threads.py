"""A WSGI application on threads, behind an ASGI server: one hop there and one back.

The whole request is read first, on the event loop, so that a slow line holds up no thread; a
common answer goes back in one piece. (a2wsgi crosses between loop and thread at every step, which
took twice the processor's time: ADR 0005.)
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Environ = dict[str, Any]
WSGI = Callable[..., Iterable[bytes]]

IN_MEMORY = 512 * 1024
"""Bytes of a request's body before the rest goes to a temporary file."""
LARGEST = 210 * 1024 * 1024
"""Bytes of a body: one evidence file, or several photos. What is larger is refused before anything
looks at it."""
PIECE = 256 * 1024
"""Bytes of an answer that are sent at once."""


class OnThreads:
    """The ASGI application that answers with `pages`, or `too_large`, on `threads` threads."""

    def __init__(self, pages: WSGI, too_large: WSGI, *, threads: int) -> None:
        self.pages, self.too_large = pages, too_large
        self.pool = ThreadPoolExecutor(threads, "pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        with SpooledTemporaryFile(IN_MEMORY) as body:
            length = await _read(receive, body)
            if length is None:
                return
            pages = self.pages if length <= LARGEST else self.too_large
            answer = _Answer(asyncio.get_running_loop(), send)
            environ = _environ(scope, body, length)
            await answer.loop.run_in_executor(self.pool, answer.run, pages, environ)
            await answer.send_rest()


async def _read(receive: Receive, body: IO[bytes]) -> int | None:
    """The length of the body, now in `body`; None when the asker has gone."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        length += len(message.get("body", b""))
        if length <= LARGEST:
            body.write(message.get("body", b""))
        more = message.get("more_body", False)
    body.seek(0)
    return length


class _Answer:
    """What comes back from the application, and how much of it was sent."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self.loop, self.send = loop, send
        self.start: Message | None = None
        self.pieces: list[bytes] = []
        self.size = 0

    def run(self, pages: WSGI, environ: Environ) -> None:
        """On a thread: call the application; a long answer is sent as it comes."""
        parts = pages(environ, self._start_response)
        try:
            for part in parts:
                self.pieces.append(part)
                self.size += len(part)
                if self.size >= PIECE:
                    asyncio.run_coroutine_threadsafe(self._send(more=True), self.loop).result()
        finally:
            if close := getattr(parts, "close", None):
                close()

    async def send_rest(self) -> None:
        """Send what is left, and say that it is the end."""
        await self._send(more=False)

    async def _send(self, *, more: bool) -> None:
        if self.start is not None:
            started, self.start = self.start, None
            await self.send(started)
        body, self.pieces, self.size = b"".join(self.pieces), [], 0
        await self.send({"type": "http.response.body", "body": body, "more_body": more})

    def _start_response(
        self, status: str, headers: list[tuple[str, str]], broken: Any = None
    ) -> Callable[[bytes], None]:
        self.start = {
            "type": "http.response.start",
            "status": int(status[:3]),
            "headers": [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers],
        }
        return self.pieces.append


def _environ(scope: Scope, body: IO[bytes], length: int) -> Environ:
    """PEP 3333's variables of an ASGI request."""
    server = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": str((scope.get("client") or ("",))[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name = "HTTP_" + raw_name.decode("latin-1").upper().replace("-", "_")
        value = raw_value.decode("latin-1")
        if name in environ:  # cookies that came in several headers are one header to WSGI
            value = environ[name] + ("; " if name == "HTTP_COOKIE" else ",") + value
        environ[name] = value
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_LENGTH"] = str(length)
    return environ
