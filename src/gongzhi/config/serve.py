"""The embedded server: pages, streams and the log's readers, in one process.

One process, so that whoever kills it leaves nothing behind that holds the port.
"""

from __future__ import annotations

import asyncio
from threading import Event, Thread
from types import FrameType

import uvicorn

from gongzhi.base.log.readers import follow

LAST_SECONDS = 5
"""What requests under way get to end when the server stops."""


class Server(uvicorn.Server):
    """uvicorn, except that a stop ends the open streams instead of waiting for them."""

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Remember the loop, on which the streams live."""
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)  # type: ignore[arg-type]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by the signal."""
        from gongzhi.watch.live.stream import hub

        self.loop.call_soon_threadsafe(hub().close)
        super().handle_exit(sig, frame)


def serve(host: str, port: int) -> None:
    """Serve until interrupted."""
    stop = Event()
    readers = Thread(target=follow, args=(stop,), name="readers", daemon=True)
    readers.start()
    try:
        _server(host, port).run()
    finally:
        stop.set()
        readers.join(LAST_SECONDS)


def _server(host: str, port: int) -> Server:
    return Server(
        uvicorn.Config(
            "gongzhi.config.asgi:application",
            host=host,
            port=port,
            log_level="warning",
            timeout_graceful_shutdown=LAST_SECONDS,
            lifespan="on",
        )
    )
