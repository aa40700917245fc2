"""The sources are asked in turn, on a thread of their own: a slow one holds up no other job."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Thread

from django.conf import settings
from django.db import connection

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.jobs import every
from gongzhi.watch.exchange.alerts.actions import forget_old, lapse_proposals
from gongzhi.watch.exchange.alerts.models import Heard, Source
from gongzhi.watch.exchange.alerts.polling import READER, poll
from gongzhi.watch.exchange.outside import LineFailed
from gongzhi.work.prevention.warnings.cap import NotReadable

LOOK_SECONDS, DAY_SECONDS = 30.0, 86400.0
_log = logging.getLogger(__name__)
_asking: Thread | None = None


@every(LOOK_SECONDS, "alerts.ask")
def ask() -> None:
    """Begin to ask whom it is time to ask; what is over waits for nobody any more."""
    global _asking  # noqa: PLW0603  (one thread for the process)
    if Heard.objects.filter(state=Heard.State.PROPOSED, expires__lte=now()).exists():
        _unless_done(lapse_proposals)
    if (_asking is None or not _asking.is_alive()) and due_sources():
        _asking = Thread(target=_ask_all, name="alerts", daemon=True)
        _asking.start()


@every(DAY_SECONDS, "alerts.forget")
def forget() -> None:
    """Let go of what is old and was never shown."""
    _unless_done(forget_old)


def due_sources() -> list[Source]:
    """Those whose turn it is; nobody's in a drill."""
    if settings.EXERCISE:
        return []
    at = now()
    found = Source.objects.filter(ended_at=None).exclude(address="")
    return [
        one for one in found
        if one.asked_at is None or one.asked_at <= at - timedelta(minutes=one.minutes)
    ]  # fmt: skip


def ask_due() -> int:
    """Ask each whose turn it is; how many answered. Of two processes one asks."""
    answered = 0
    for source in due_sources():
        mine = Source.objects.filter(pk=source.pk, asked_at=source.asked_at)
        if not mine.update(asked_at=now()):
            continue
        try:
            poll(source)
        except (LineFailed, NotReadable):  # noted with the source, and on the log
            continue
        except Exception:  # noqa: BLE001  (one office must not silence the others)
            _log.exception("the alerts of %s could not be taken in", source.code)
            continue
        answered += 1
    return answered


def _ask_all() -> None:
    try:
        ask_due()
    finally:
        connection.close()


def _unless_done(work: object) -> None:
    try:
        work(READER)  # type: ignore[operator]
    except NothingRecorded:
        pass
