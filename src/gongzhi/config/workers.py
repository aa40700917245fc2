"""Several server processes on one port: for a county whose pages keep one core busy.

The parent holds the port and follows the log; each worker serves pages and streams from the same
socket. A worker ends when the parent does, however that died: it listens on a pipe whose other end
only the parent has.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from threading import Event, Thread

from gongzhi.base.log.readers import follow
from gongzhi.config.serve import LAST_SECONDS

BACKLOG = 2048
LOOK_SECONDS = 0.2
REST_SECONDS = 1.0
"""A worker that died is replaced no faster than that."""
_log = logging.getLogger(__name__)


def serve_with_workers(host: str, port: int, workers: int, *, readers: bool = True) -> None:
    """Serve with so many worker processes until interrupted; without `readers`, others follow the
    log."""
    stop = Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stop.set())
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=BACKLOG) as port_held:
        heard, held = os.pipe()
        crew = _Crew(port_held.fileno(), heard)
        following = Thread(target=follow, args=(stop,), name="readers", daemon=True)
        try:
            crew.start(workers)
            if readers:
                following.start()
            while not stop.wait(LOOK_SECONDS):
                crew.replace_dead()
        finally:
            stop.set()
            crew.end()
            os.close(held)
            if readers:
                following.join(LAST_SECONDS)


class _Crew:
    """The worker processes."""

    def __init__(self, port_fd: int, heard: int) -> None:
        self.fds = (port_fd, heard)
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, number: int) -> None:
        """Start so many more."""
        command = [sys.executable, "-m", "gongzhi.config.worker", *map(str, self.fds)]
        self.processes += [
            # A group of its own: Ctrl-C reaches the parent, who ends them.
            subprocess.Popen(command, pass_fds=self.fds, stdin=subprocess.DEVNULL, process_group=0)
            for _ in range(number)
        ]

    def replace_dead(self) -> None:
        """Start one for each that is gone."""
        dead = [one for one in self.processes if one.poll() is not None]
        if not dead:
            return
        _log.error("%s of %s workers died; starting others", len(dead), len(self.processes))
        self.processes = [one for one in self.processes if one not in dead]
        time.sleep(REST_SECONDS)
        self.start(len(dead))

    def end(self) -> None:
        """Ask all to end; kill those that don't."""
        for one in self.processes:
            one.terminate()
        give_up = time.monotonic() + LAST_SECONDS + 2
        for one in self.processes:
            try:
                one.wait(max(0.1, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()
