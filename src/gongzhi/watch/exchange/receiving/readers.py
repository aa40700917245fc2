"""Sources are asked in their turn, each on a thread of its own; silence is noticed."""

from __future__ import annotations

import logging
from threading import Thread

from django.conf import settings
from django.db import connection
from django.db.models import Q

from gongzhi.base.catalogue.kinds.connector import Connector
from gongzhi.base.catalogue.load import CatalogueError, catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.jobs import every
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.watch.exchange.receiving.actions import forget_received, mark_silent
from gongzhi.watch.exchange.receiving.models import Batch, Line
from gongzhi.watch.exchange.receiving.running import RUNNER, connector_of, run
from gongzhi.watch.exchange.receiving.shelves import (
    drop_staged,
    folder,
    quarantine_file,
    rows_file,
)
from gongzhi.watch.exchange.receiving.standing import line_of

LOOK, DAY = 20.0, 86400.0
MOST = 200
_log = logging.getLogger(__name__)
_running: dict[str, Thread] = {}


@every(LOOK, "receiving.ask")
def ask() -> None:
    """Begin to ask whom it is time to ask: a slow source holds up no other."""
    for connector in due():
        running = _running.get(connector.code)
        if running is None or not running.is_alive():
            made = Thread(target=_run, args=(connector.code,), name="receiving", daemon=True)
            _running[connector.code] = made
            made.start()


@every(LOOK * 3, "receiving.listen")
def listen() -> list[str]:
    """Say of which source nothing came for too long; which those are."""
    silent = [one for one in catalogue().connectors.values() if is_silent(one)]
    for connector in silent:
        mark_silent(RUNNER, connector)
    return [one.code for one in silent]


@every(DAY, "receiving.forget")
def forget() -> int:
    """Let go of deliveries as they were received once their time is over, and of files that
    belong to nothing; how many deliveries."""
    gone = [one for c in catalogue().connectors.values() for one in _over(c)][:MOST]
    for batch in gone:
        drop_staged(batch)
        quarantine_file(batch).unlink(missing_ok=True)
    if gone:
        forget_received(RUNNER, gone)
    for code in catalogue().connectors:
        _sweep(code)
    return len(gone)


def due() -> list[Connector]:
    """Those whose turn it is, and those with a delivery to go on with; nobody's in a drill."""
    if settings.EXERCISE:
        return []
    open_ones = Batch.objects.filter(state=Batch.State.READING)
    begun = set(open_ones.values_list("connector", flat=True))
    lines = {one.connector: one for one in Line.objects.all()}
    return [
        one for one in catalogue().connectors.values()
        if not one.paused and _is_free(lines.get(one.code))
        and (one.code in begun or _is_due(one, lines.get(one.code)))
    ]  # fmt: skip


def is_silent(connector: Connector) -> bool:
    """Whether nothing came for so long that somebody must be told, and nobody was yet."""
    if connector.paused or settings.EXERCISE:
        return False
    line = line_of(connector)
    since = line.arrived_at or line.begun_at
    return line.silent_since is None and now() - since > connector.silent_after


def _is_free(line: Line | None) -> bool:
    return line is None or line.held_until is None or line.held_until < now()


def _is_due(connector: Connector, line: Line | None) -> bool:
    asked = line.asked_at if line else None
    return asked is None or asked <= now() - connector.every


def _run(code: str) -> None:
    try:
        run(connector_of(code))
    except (
        LineFailed,
        Refused,
        CatalogueError,
    ) as known:  # noted with the source, or its file is wrong
        _log.info("source %s: %s", code, known)
    except Exception:  # noqa: BLE001  (one source must not silence the others)
        _log.exception("source %s could not be taken over", code)
    finally:
        connection.close()


def _over(connector: Connector) -> list[Batch]:
    before = now() - connector.keep_received
    old = Batch.objects.filter(connector=connector.code, staged=True, began_at__lt=before)
    return list(old.exclude(Q(state=Batch.State.HELD) | Q(state=Batch.State.READING))[:MOST])


def _sweep(code: str) -> None:
    """Files that a process left behind when it died before they counted."""
    batches = Batch.objects.filter(connector=code)
    belong = {rows_file(one) for one in batches} | {quarantine_file(one) for one in batches}
    if batches.filter(state=Batch.State.READING).exists():
        return
    for path in [*folder(code).glob("rows/*"), *folder(code).glob("quarantine/*")]:
        if path not in belong:
            path.unlink(missing_ok=True)
