"""Each stream is published on a thread of its own: a slow broker holds up no other."""

from __future__ import annotations

import logging
from threading import Thread

from django.db import connection

from gongzhi.base.catalogue.kinds.stream import Stream
from gongzhi.base.log.jobs import every
from gongzhi.watch.exchange.publishing.sending import LINGER, due_streams, publish

SECONDS = 1.0
_log = logging.getLogger(__name__)
_publishing: dict[str, Thread] = {}


@every(SECONDS, "publishing.send")
def send() -> None:
    """Begin to publish what has something new."""
    for stream in due_streams():
        running = _publishing.get(stream.code)
        if running is None or not running.is_alive():
            new = Thread(target=_publish, args=(stream,), name="stream", daemon=True)
            _publishing[stream.code] = new
            new.start()


def _publish(stream: Stream) -> None:
    try:
        publish(stream, linger=LINGER)
    except Exception:  # noqa: BLE001  (one broker must not silence the others)
        _log.exception("the stream %s could not be published", stream.code)
    finally:
        connection.close()
