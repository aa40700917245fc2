"""The whole platform as one ASGI application: streams on the event loop, the rest on threads.

Pages run as WSGI on threads because that is several times as fast as Django's own ASGI handler
(ADR 0005).
"""

from __future__ import annotations

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongzhi.config.settings")
_pages = get_wsgi_application()

from django.urls import reverse  # noqa: E402  (Django has to be set up first)

from gongzhi.watch.live.stream import Receive, Scope, Send, hub, stream  # noqa: E402

THREADS = 12
"""Requests at once; SQLite has one writer, so more of them would only wait."""
STREAM = reverse("live:stream")
_on_threads = WSGIMiddleware(cast("Any", _pages), workers=THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Every request of the platform, and the server's start and end."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and scope["path"] == STREAM:
        await stream(scope, receive, send)
    else:
        await _on_threads(cast("Any", scope), cast("Any", receive), cast("Any", send))


async def _live(receive: Receive, send: Send) -> None:
    while True:
        asked = (await receive())["type"]
        if asked == "lifespan.shutdown":
            hub().close()
        await send({"type": f"{asked}.complete"})
        if asked == "lifespan.shutdown":
            return
