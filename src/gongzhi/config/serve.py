"""The embedded server: pages, streams and the log's readers, in one process.

One process, so that whoever kills it leaves nothing behind that holds the port.
"""

from __future__ import annotations

from socket import socket
from threading import Event, Thread
from typing import Any, cast

import uvicorn
from django.conf import settings

from gongzhi.base.log.readers import follow
from gongzhi.watch.operations.counting import count_together

APPLICATION = "gongzhi.config.asgi:application"
LAST_SECONDS = 5
"""What requests under way get to end when the server stops."""


class Server(uvicorn.Server):
    """uvicorn, except that a stop ends the open streams instead of waiting for them."""

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Called once, by the signal."""
        from gongzhi.watch.live.stream import hub

        hub().close()
        await super().shutdown(sockets)


def serve(host: str, port: int, application: object = APPLICATION, *, readers: bool = True) -> None:
    """Serve until interrupted; without `readers`, others follow the log."""
    count_together(settings.HOME.running)
    stop = Event()
    following = Thread(target=follow, args=(stop,), name="readers", daemon=True)
    if readers:
        following.start()
    try:
        server(application, host=host, port=port).run()
    finally:
        stop.set()
        if readers:
            following.join(LAST_SECONDS)


def server(application: object = APPLICATION, *, host: str = "", port: int = 0) -> Server:
    """The server of one process; without host and port for a socket that is there already."""
    return Server(
        uvicorn.Config(
            cast("Any", application),
            host=host,
            port=port,
            log_level="warning",
            log_config=None if settings.LOG_FORM == "json" else uvicorn.config.LOGGING_CONFIG,
            lifespan="on",
            timeout_graceful_shutdown=LAST_SECONDS,
            proxy_headers=False,  # whose word counts is decided in one place: GONGZHI_HTTPS
        )
    )
