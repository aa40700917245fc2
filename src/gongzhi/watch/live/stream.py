"""``GET /live/stream``: the log as server-sent events, for staff who are signed in.

Plain ASGI, because a thread for each open page would be too many. What needs the database runs
on one thread of its own, which gives its connection back after each read.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import import_module
from random import uniform
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.utils import translation

from gongzhi.base.log import chain
from gongzhi.base.ui.answers import error
from gongzhi.base.ui.middleware import HEADERS
from gongzhi.watch.live.hub import Hub, Line, TooMany
from gongzhi.watch.live.permissions import apps_heard_by
from gongzhi.watch.live.shown import Row, rows_after

T = TypeVar("T")
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

RECHECK_SECONDS = 60.0
"""How long somebody who was signed out, or lost the permission, may still hear."""
LAST_SECONDS = 1.0
"""What the farewell may take with a page that does not read."""
_STREAM_HEADERS = {
    **HEADERS,
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request: events until the page leaves, or why there are none."""
    request = ASGIRequest(scope, io.BytesIO())
    apps = await _in_thread(lambda: _apps_or_refusal(request))
    if isinstance(apps, HttpResponse):
        await _answer(send, apps)
        return
    try:
        line = await hub().open(_after(request), apps)
    except TooMany:
        await _answer(send, await _in_thread(lambda: error(request, 503)))
        return
    try:
        await _serve(line, request, receive, send)
    finally:
        hub().leave(line)


async def _serve(line: Line, request: ASGIRequest, receive: Receive, send: Send) -> None:
    """Run until the first of: the page is gone, it may hear no more, the line was ended."""
    await send({"type": "http.response.start", "status": 200, "headers": _raw(_STREAM_HEADERS)})
    running = [
        asyncio.create_task(one)
        for one in (
            _send_pieces(line, send),
            _gone(receive),
            _lost(line, request),
            line.ended.wait(),
        )
    ]
    try:
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    with suppress(TimeoutError, OSError):
        await asyncio.wait_for(send({"type": "http.response.body", "body": b""}), LAST_SECONDS)


async def _send_pieces(line: Line, send: Send) -> None:
    piece = line.missed
    while True:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        pieces = [await line.pieces.get()]
        while not line.pieces.empty():
            pieces.append(line.pieces.get_nowait())
        piece = b"".join(pieces)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _lost(line: Line, request: ASGIRequest) -> None:
    """Ends when the session does, or a permission. Not all pages ask at the same moment."""
    apps = line.apps
    while apps == line.apps:
        await asyncio.sleep(RECHECK_SECONDS * uniform(0.75, 1.25))  # noqa: S311
        apps = await _in_thread(lambda: _apps(request))


def _apps_or_refusal(request: ASGIRequest) -> frozenset[str] | HttpResponse:
    try:
        request.get_host()
    except DisallowedHost:
        return error(request, 400)
    if request.method != "GET":
        return error(request, 405)
    with translation.override(translation.get_language_from_request(request)):
        return _apps(request) or error(request, 403 if request.user.is_authenticated else 401)


def _apps(request: ASGIRequest) -> frozenset[str]:
    engine = import_module(settings.SESSION_ENGINE)
    request.session = engine.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    return apps_heard_by(request.user)


def _after(request: ASGIRequest) -> int | None:
    """Where the page broke off: what the browser says, or else the page's own address."""
    said = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


async def _answer(send: Send, response: HttpResponse) -> None:
    headers = _raw({**HEADERS, **dict(response.items())})
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


# --- the database, on a thread of its own -----------------------------------------------------


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "live")


@cache
def hub() -> Hub:
    """This process's hub."""
    return Hub(_read, _head)


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_thread(), _with_connection, work)


def _with_connection(work: Callable[[], T]) -> T:
    """Nothing is kept open that PostgreSQL would have to keep, or that has failed."""
    try:
        return work()
    except Exception:
        connection.close()
        raise
    finally:
        close_old_connections()


async def _read(seq: int, most: int) -> list[Row]:
    return await _in_thread(lambda: rows_after(seq, most))


async def _head() -> int:
    return (await _in_thread(chain.head))[0]
