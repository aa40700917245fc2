"""The embedded server: pages on threads and the log's readers, in one process.

One process, so that whoever kills it leaves nothing behind that holds the port.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import Any, cast

import uvicorn
from a2wsgi import WSGIMiddleware

from gongzhi.base.log.readers import follow

THREADS = 12
"""Requests at once; SQLite has one writer, so more of them would only wait."""
LAST_SECONDS = 5
"""What open streams get to end when the server stops."""


def serve(host: str, port: int) -> None:
    """Serve until interrupted."""
    from gongzhi.config.wsgi import application

    stop = Event()
    readers = Thread(target=follow, args=(stop,), name="readers", daemon=True)
    readers.start()
    try:
        uvicorn.run(
            WSGIMiddleware(cast("Any", application), workers=THREADS),
            host=host,
            port=port,
            log_level="warning",
            timeout_graceful_shutdown=LAST_SECONDS,
        )
    finally:
        stop.set()
        readers.join(LAST_SECONDS)
