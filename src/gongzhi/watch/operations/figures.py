"""The figures that a monitoring program reads: what was counted, and how things stand now.

How things stand is read when it is asked for, from the database that all processes share: so it is
right however many of them there are. Every label is a name out of the code or the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from django.db import connection
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gongzhi.base.log import chain
from gongzhi.watch.operations import counting, selectors


def text() -> bytes:
    """All figures, in the text form that Prometheus reads."""
    now = CollectorRegistry()
    now.register(_Now())
    return generate_latest(counting.registry()) + generate_latest(now)


class _Now(Collector):
    """How things stand at the moment of the question."""

    def collect(self) -> Iterator[Metric]:
        """Every figure that is read rather than counted."""
        yield _of("gongzhi_info", "Which release.", ["version", "database"], {
            (version("gongzhi"), connection.vendor): 1.0,
        })  # fmt: skip
        yield from _of_the_log()
        yield from _of_jobs()
        yield _by("gongzhi_queue_depth", "What waits.", "queue", _depths())
        yield _by("gongzhi_clocks", "Time limits of matters.", "state", selectors.clocks())
        yield _by("gongzhi_sources", "Sources of data.", "state", selectors.silent_sources())
        yield from _of_the_machine()


def _depths() -> dict[str, int]:
    return {code: many for code, (_title, many) in selectors.waiting().items()}


def _of_the_log() -> Iterator[Metric]:
    lags, silent = selectors.lags(), selectors.silence()
    yield _one("gongzhi_log_head", "Number of the last entry.", chain.head()[0])
    yield _by(
        "gongzhi_reader_lag_entries", "Entries a reader has yet to read.", "reader",
        {one.reader: one.entries for one in lags},
    )  # fmt: skip
    yield _by(
        "gongzhi_reader_lag_seconds", "Age of the first of them.", "reader",
        {one.reader: one.seconds for one in lags},
    )  # fmt: skip
    if silent is not None:
        yield _one("gongzhi_readers_silent_seconds", "Since their last sign of life.", silent)
    if signed := selectors.signed_at():
        age = (selectors.clock() - signed).total_seconds()
        yield _one("gongzhi_checkpoint_age_seconds", "Since the log was last signed.", age)


def _of_jobs() -> Iterator[Metric]:
    turns = selectors.turns()
    yield _by(
        "gongzhi_job_late_seconds", "Since a periodic job's turn came.", "job",
        {one.name: one.late for one in turns},
    )  # fmt: skip
    yield _by(
        "gongzhi_job_failures", "Failures of a periodic job in a row.", "job",
        {one.name: one.failures for one in turns},
    )  # fmt: skip


def _of_the_machine() -> Iterator[Metric]:
    disk = selectors.disk()
    yield _one("gongzhi_database_bytes", "Size of the database.", selectors.database_bytes())
    yield _one("gongzhi_disk_free_bytes", "Free where the home is.", disk.free)
    yield _one("gongzhi_disk_bytes", "All of that disk.", disk.total)
    if kept := selectors.last_backup():
        age = (selectors.clock() - kept.at).total_seconds()
        yield _one("gongzhi_backup_age_seconds", "Since the last backup.", age)
        tried = float(kept.tried_at is not None)
        yield _one("gongzhi_backup_tried", "Whether it was restored for a trial.", tried)
    if ends := selectors.certificate_ends():
        left = (ends - selectors.clock()).total_seconds()
        yield _one("gongzhi_certificate_left_seconds", "Until the certificate ends.", left)
    keys = selectors.ending_keys()
    yield _one("gongzhi_keys_ending", "Programs' keys that end within 30 days.", len(keys))


def _one(name: str, about: str, value: float) -> Metric:
    return _of(name, about, [], {(): value})


def _by(name: str, about: str, label: str, told: dict[str, int] | dict[str, float]) -> Metric:
    return _of(name, about, [label], {(key,): float(value) for key, value in told.items()})


def _of(name: str, about: str, labels: list[str], told: dict[tuple[str, ...], float]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=labels)
    for values, value in told.items():
        family.add_metric(list(values), value)
    return family
