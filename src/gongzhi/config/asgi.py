"""The whole platform as one ASGI application: streams on the event loop, pages on threads.

Pages run as WSGI on threads because that is several times as fast as Django's own ASGI handler
(ADR 0005).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
pages = get_wsgi_application()

from django.core.handlers.wsgi import WSGIRequest  # noqa: E402  (Django had to be set up first)
from django.urls import reverse  # noqa: E402

from gongzhi.base.ui.answers import error  # noqa: E402
from gongzhi.config.threads import WSGI, Environ, OnThreads, Receive, Scope, Send  # noqa: E402
from gongzhi.watch.live.stream import hub, stream  # noqa: E402
from gongzhi.watch.operations.counting import listening  # noqa: E402

THREADS = 4
"""Requests at once in one process, which has one interpreter and, on SQLite, one writer: more of
them would take turns at both more often, and get no more done."""
STREAM = reverse("live:stream")


class Platform:
    """Every request of the platform, and the server's start and end."""

    def __init__(self, pages: WSGI) -> None:
        self.on_threads = OnThreads(pages, too_large, threads=THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose by path: a stream, or a page."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"] == STREAM:
            with listening():
                await stream(scope, receive, send)
        else:
            await self.on_threads(scope, receive, send)


def too_large(environ: Environ, start_response: Any) -> Iterable[bytes]:
    """413, without a look at the body."""
    answer = error(WSGIRequest({**environ, "CONTENT_LENGTH": "0"}), 413)
    start_response("413 Content Too Large", list(answer.items()))
    return [answer.content]


async def _live(receive: Receive, send: Send) -> None:
    while True:
        asked = (await receive())["type"]
        if asked == "lifespan.shutdown":
            hub().close()
        await send({"type": f"{asked}.complete"})
        if asked == "lifespan.shutdown":
            return


application = Platform(pages)
