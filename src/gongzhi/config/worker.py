"""One worker process of `workers.serve_with_workers`: serves from its parent's socket."""

from __future__ import annotations

import os
import socket
import sys
from threading import Thread

import django


def work(port_fd: int, heard: int) -> None:
    """Serve for as long as the parent lives."""
    Thread(target=_end_with_parent, args=(heard,), daemon=True).start()
    django.setup()
    from django.conf import settings

    from gongzhi.config.serve import server
    from gongzhi.watch.operations.counting import count_together
    from gongzhi.watch.operations.tracing import trace_if_asked

    count_together(settings.HOME.running)
    trace_if_asked()
    server().run([socket.socket(fileno=port_fd)])


def _end_with_parent(heard: int) -> None:
    os.read(heard, 1)  # nothing is ever written: this returns when the other end is closed
    os._exit(1)


if __name__ == "__main__":
    work(int(sys.argv[1]), int(sys.argv[2]))
