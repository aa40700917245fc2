"""Periodic jobs: what must be looked at every so often, by one process at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event as Stop

from django.db import close_old_connections
from django.db.models import F, Q

from gongzhi.base.log.models import Job
from gongzhi.base.log.spans import span
from gongzhi.base.log.turns import in_turn
from gongzhi.base.log.verify import checkpoint

Work = Callable[[], object]
TICK = 0.5
"""Seconds between two looks at what is due."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Periodic:
    """A function to be called every `seconds`; `lease` is how long a call may take."""

    name: str
    seconds: float
    lease: float
    work: Work


_periodic: dict[str, Periodic] = {}


def every(seconds: float, name: str, *, lease: float = 300.0) -> Callable[[Work], Work]:
    """Register a job that is called every so many seconds while the log is followed.

    However many processes follow, one of them calls it. A job that fails is logged and called
    again at its next turn; one that dies with its process, when its lease of seconds is over.
    Write it in your app's ``readers.py``, which is imported on start.
    """

    def register(work: Work) -> Work:
        if name in _periodic:
            raise ValueError(f"there are two jobs named {name}")
        _periodic[name] = Periodic(name, seconds, lease, work)
        return work

    return register


def registered() -> dict[str, Periodic]:
    """Every job of the loaded apps, by name."""
    return dict(_periodic)


def run_due() -> list[str]:
    """Call every job whose turn it is and that no other process holds; the names of those."""
    due = _due()
    return [one.name for one in registered().values() if one.name in due and _run(one)]


def _due() -> set[str]:
    """One read for all, so that a quiet tick writes nothing."""
    resting = Job.objects.filter(Q(next_at__gt=_clock()) | Q(held_until__gt=_clock()))
    return set(registered()) - set(resting.values_list("name", flat=True))


def _run(job: Periodic) -> bool:
    if not _claim(job):
        return False
    failed = False
    try:
        with span("job", job=job.name):
            job.work()
    except Exception:  # noqa: BLE001  (one job must not stop the others)
        failed = True
        _log.exception("the job %s failed; its next turn is in %s s", job.name, job.seconds)
    row = Job.objects.filter(name=job.name)
    with in_turn():
        row.update(held_until=None, ended_at=_clock(), failures=F("failures") + 1 if failed else 0)
    return True


def _claim(job: Periodic) -> bool:
    """Whether this process got it: of two that try, one changes the row.

    In turn, as all of a job's rows: while a reader catches up, one transaction after the other, a
    writer that only looks again now and then finds the database locked for its whole patience.
    """
    at = _clock()
    free = Q(held_until=None) | Q(held_until__lte=at)
    waiting = Job.objects.filter(free, name=job.name, next_at__lte=at)
    with in_turn():
        Job.objects.get_or_create(name=job.name, defaults={"next_at": at})
        return bool(
            waiting.update(
                next_at=at + timedelta(seconds=job.seconds),
                held_until=at + timedelta(seconds=job.lease),
            )
        )


def work(stop: Stop) -> None:
    """Call what is due until `stop` is set."""
    while not stop.wait(TICK):
        try:
            close_old_connections()
            run_due()
        except Exception:  # noqa: BLE001  (one job must not stop the others)
            _log.exception("the jobs can't be looked up; trying again")


def mark(name: str, *, every: float) -> None:
    """Leave a sign of life under `name`, at most every so many seconds."""
    at = _clock()
    marked = {"next_at": at + timedelta(seconds=every), "ended_at": at}
    row, made = Job.objects.get_or_create(name=name, defaults=marked)
    if not made and row.next_at <= at:
        with in_turn():
            Job.objects.filter(name=name).update(**marked)


def seconds_since(name: str) -> float | None:
    """How long ago a job last ended or a sign of life was left; None when never."""
    ended = Job.objects.filter(name=name).values_list("ended_at", flat=True).first()
    return (_clock() - ended).total_seconds() if ended else None


def _clock() -> datetime:
    """The real time: a demo's `moment` does not move the turns of jobs."""
    return datetime.now(UTC)


every(3600, "log.checkpoint")(checkpoint)
