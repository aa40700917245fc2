"""How each part of the platform stands at this moment, read from where it is kept anyway."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.log import chain, jobs, queues, readers
from gongzhi.base.log.models import Checkpoint, Cursor, Entry, Job
from gongzhi.base.matters.models import ClockRun
from gongzhi.watch.exchange.publishing.models import Publication
from gongzhi.watch.exchange.receiving.models import Line
from gongzhi.watch.exchange.webhooks.models import Delivery
from gongzhi.watch.notices.models import Notice
from gongzhi.watch.notices.states import State

_SIZE = {
    "postgresql": "SELECT pg_database_size(current_database())",
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
}
SOON = timedelta(days=30)
"""A key that ends within that time is said to end soon."""


@dataclass(frozen=True)
class Lag:
    """How far a reader is behind the log."""

    reader: str
    entries: int
    seconds: float


@dataclass(frozen=True)
class Turn:
    """How a periodic job stands; ``late``: seconds since its turn came."""

    name: str
    late: float
    failures: int
    ended_at: datetime | None


@dataclass(frozen=True)
class Kept:
    """The last backup that this home knows of; ``tried_at``: when it was restored for a trial."""

    at: datetime
    seq: int
    folder: str
    tried_at: datetime | None


@dataclass(frozen=True)
class Disk:
    """The disk that the home is on."""

    total: int
    free: int

    @property
    def share(self) -> float:
        """What is free of it."""
        return self.free / self.total if self.total else 0.0


def clock() -> datetime:
    """The real time: how a machine runs has nothing to do with a replay's."""
    return datetime.now(UTC)


def lags() -> list[Lag]:
    """Every reader, the one furthest behind first. Three queries."""
    head, _hash = chain.head()
    stands = dict(Cursor.objects.values_list("reader", "seq"))
    at = {name: min(stands.get(name, 0), head) for name in readers.registered()}
    following = Entry.objects.filter(seq__in={seq + 1 for seq in at.values() if seq < head})
    since = dict(following.values_list("seq", "at"))
    found = [
        Lag(name, head - seq, _age(since.get(seq + 1)) if seq < head else 0.0)
        for name, seq in at.items()
    ]
    return sorted(found, key=lambda one: (-one.entries, one.reader))


def turns() -> list[Turn]:
    """Every periodic job, the latest and those that fail first. One query."""
    rows = {row.name: row for row in Job.objects.all()}
    found = [_turn(name, rows.get(name)) for name in jobs.registered()]
    return sorted(found, key=lambda one: (-one.failures, -one.late, one.name))


def _turn(name: str, row: Job | None) -> Turn:
    if row is None:
        return Turn(name, 0.0, 0, None)
    held = row.held_until is not None and row.held_until > clock()
    return Turn(name, 0.0 if held else _age(row.next_at), row.failures, row.ended_at)


def silence() -> float | None:
    """Seconds since somebody followed the log; None when nobody ever has."""
    return jobs.seconds_since("log.readers")


def waiting() -> dict[str, tuple[str, int]]:
    """What waits to be done or sent, by kind: its title, and how many."""
    head, _hash = chain.head()
    streams = Publication.objects.values_list("seq", flat=True)
    undelivered = Delivery.objects.filter(done_at=None, dead_at=None, hook__ended_at=None)
    ours = {
        "jobs": (_("定时工作"), sum(one.late > 0 for one in turns())),
        "notices": (
            _("消息"),
            Notice.objects.filter(state=State.WAITING, again_at__lte=clock()).count(),
        ),
        "webhooks": (_("推送"), undelivered.count()),
        "streams": (_("数据流"), sum(max(0, head - seq) for seq in streams)),
    }
    theirs = {code: (str(title), many) for code, (title, many) in queues.waiting().items()}
    return ours | theirs


def clocks() -> dict[str, int]:
    """Time limits of matters: those running, due within a day, and missed within the last one."""
    at = clock()
    running = ClockRun.objects.filter(stopped_at=None, due_at__isnull=False)
    day = timedelta(days=1)
    return {
        "running": running.count(),
        "due_within_a_day": running.filter(due_at__range=(at, at + day)).count(),
        "missed_within_a_day": ClockRun.objects.filter(missed_at__gt=at - day).count(),
        "missed_and_open": running.filter(missed_at__isnull=False).count(),
    }


def database_bytes() -> int:
    """How large the database is."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZE[connection.vendor])
        return int(cursor.fetchone()[0])


def database_version() -> str:
    """Which database, as people call it."""
    if connection.vendor == "postgresql":
        version = connection.pg_version  # type: ignore[attr-defined]
        return f"PostgreSQL {version // 10000}.{version % 10000}"
    from sqlite3 import sqlite_version

    return f"SQLite {sqlite_version}"


@dataclass(frozen=True)
class Migrations:
    """``pending``: the code expects them, and nobody has run them; ``newer``: the database has
    them, and this code doesn't know them, as in the midst of an upgrade."""

    pending: list[str]
    newer: list[str]


def migrations() -> Migrations:
    """How the code and the tables stand to each other. One query."""
    known, done = _known_migrations(), set(MigrationRecorder(connection).applied_migrations())
    ours = {app for app, _name in known}
    return Migrations(
        sorted(f"{app}.{name}" for app, name in known - done),
        sorted(f"{app}.{name}" for app, name in done - known if app in ours),
    )


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Those that the code has: they don't change while it runs, and reading them takes long."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def disk() -> Disk:
    """Of the home: database, files, keys."""
    total, _used, free = shutil.disk_usage(settings.HOME.root)
    return Disk(total, free)


def last_backup() -> Kept | None:
    """As `gongzhi backup` noted it in the home."""
    told = _json(Path(settings.HOME.kept))
    try:
        at, folder = datetime.fromisoformat(told["at"]), str(told["folder"])
        tried = _json(Path(folder) / "tried.json").get("at")
        return Kept(at, told["seq"], folder, datetime.fromisoformat(tried) if tried else None)
    except (KeyError, TypeError, ValueError):
        return None


def signed_at() -> datetime | None:
    """When the log was last signed."""
    return Checkpoint.objects.order_by("-seq").values_list("at", flat=True).first()


def silent_sources() -> dict[str, int]:
    """Of the sources of data: how many, how many silent, how many that can't be reached."""
    lines = Line.objects.all()
    return {
        "all": lines.count(),
        "silent": lines.exclude(silent_since=None).count(),
        "failing": lines.exclude(failing_since=None).count(),
    }


def ending_keys() -> list[ApiKey]:
    """Programs' keys that end soon, or ended lately and were never taken back."""
    at = clock()
    held = ApiKey.objects.filter(revoked_at=None, expires_at__range=(at - SOON, at + SOON))
    return list(held.select_related("unit").order_by("expires_at"))


def certificate_ends() -> datetime | None:
    """Until when the web server's certificate holds, where GONGZHI_CERTIFICATE says its file."""
    from cryptography.x509 import load_pem_x509_certificate

    path = os.environ.get("GONGZHI_CERTIFICATE", "")
    try:
        return load_pem_x509_certificate(Path(path).read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _age(at: datetime | None) -> float:
    return max(0.0, (clock() - at).total_seconds()) if at else 0.0
