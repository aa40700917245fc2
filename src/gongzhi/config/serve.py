"""The embedded server: pages, streams and the log's readers, in one process.

One process, so that whoever kills it leaves nothing behind that holds the port.
"""

from __future__ import annotations

from socket import socket
from threading import Event, Thread
from typing import Any, cast

import uvicorn

from gongzhi.base.log.readers import follow

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


def serve(host: str, port: int, application: object = APPLICATION) -> None:
    """Serve until interrupted."""
    stop = Event()
    readers = Thread(target=follow, args=(stop,), name="readers", daemon=True)
    readers.start()
    try:
        server(application, host=host, port=port).run()
    finally:
        stop.set()
        readers.join(LAST_SECONDS)


def server(application: object = APPLICATION, *, host: str = "", port: int = 0) -> Server:
    """The server of one process; without host and port for a socket that is there already."""
    return Server(
        uvicorn.Config(
            cast("Any", application),
            host=host,
            port=port,
            log_level="warning",
            lifespan="on",
            timeout_graceful_shutdown=LAST_SECONDS,
            proxy_headers=False,  # whose word counts is decided in one place: GONGZHI_HTTPS
        )
    )
