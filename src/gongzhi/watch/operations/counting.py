"""What each process counts: requests by route, what the public sent in, who listens.

With several web processes a question reaches one of them, and it answers for all: each counts into
a small file of its slot (`slots`), which the library maps into memory. A process that serves
nothing (a command, a test) counts for itself alone.

Labels are names of routes and classes of answers: never an address, which may hold a number, nor
anything that somebody typed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector

from gongzhi.watch.operations import slots

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library looks for the folder; unset, it counts in this process alone."""


class Meters:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "gongzhi_requests", "Requests answered.", ["route", "status"], registry=registry
        )
        self.seconds = Histogram(
            "gongzhi_request_seconds", "Time to answer.", ["route"],
            registry=registry, buckets=SECONDS,
        )  # fmt: skip
        self.intake = Counter(
            "gongzhi_intake", "What the public and programs sent in.", ["route", "result"],
            registry=registry,
        )  # fmt: skip
        self.listeners = Gauge(
            "gongzhi_live_listeners", "Pages that listen to the live line.",
            registry=registry, multiprocess_mode="livesum",
        )  # fmt: skip


@cache
def meters() -> Meters:
    """This process's."""
    return Meters()


def count_together(folder: Path) -> None:
    """From now on count into this folder, with the machine's other processes of this county."""
    slot = slots.take(folder)
    _forget_gauges(folder, slot)
    os.environ[_FOLDER] = str(folder)
    values.ValueClass = values.MultiProcessValue(  # type: ignore[no-untyped-call]
        process_identifier=lambda: slot
    )
    meters.cache_clear()


def registry() -> CollectorRegistry:
    """What all of them have counted."""
    folder = os.environ.get(_FOLDER)
    if folder is None:
        return meters().registry
    for slot in slots.left(Path(folder)):
        _forget_gauges(Path(folder), slot)
    together = CollectorRegistry()
    MultiProcessCollector(together, path=folder)  # type: ignore[no-untyped-call]
    return together


@contextmanager
def listening() -> Iterator[None]:
    """Count one page that listens."""
    gauge = meters().listeners
    gauge.inc()
    try:
        yield
    finally:
        gauge.dec()


def _forget_gauges(folder: Path, slot: str) -> None:
    """Nobody listens to a process that has gone."""
    for path in folder.glob(f"gauge_live*_{slot}.db"):
        path.unlink(missing_ok=True)
