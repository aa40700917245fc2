"""What requests need done again and again while a county runs."""

from __future__ import annotations

import logging
from threading import Lock, Thread

from django.conf import settings
from django.db import connection
from django.utils import timezone

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.participation.actions import lapse
from gongzhi.work.participation.selectors.silence import silent_since_long
from gongzhi.work.participation.suggesting import learn_anew

HOUR_SECONDS = 3600.0
BATCH, BATCHES = 100, 50
SILENCE = Actor.system("silence")
NIGHT = range(1, 5)
"""Hours in which suggestions are learned anew."""
_learning = Lock()
_log = logging.getLogger(__name__)


@every(HOUR_SECONDS, "participation.silence")
def close_the_silent() -> int:
    """Close the requests that were answered and never judged; how many."""
    closed = 0
    for _batch in range(BATCHES):
        found = silent_since_long(now(), BATCH)
        try:
            closed += lapse(SILENCE, found) if found else 0
        except NothingRecorded:  # all were spoken of between our query and our lock
            break
        if len(found) < BATCH:
            break
    return closed


@every(HOUR_SECONDS, "participation.routing")
def learn_routing() -> bool:
    """Learn once a night, and at once where nothing was learned yet, on a thread of its own: no
    other job has to wait for it. Whether it began."""
    if not _is_due() or not _learning.acquire(blocking=False):
        return False
    Thread(target=_learn, name="routing", daemon=True).start()
    return True


def _is_due() -> bool:
    try:
        made = settings.HOME.routing.stat().st_mtime
    except OSError:
        return True
    hours = (timezone.now().timestamp() - made) / HOUR_SECONDS
    return hours > 30 or (hours > 12 and timezone.localtime().hour in NIGHT)


def _learn() -> None:
    try:
        learn_anew()
    except Exception:  # noqa: BLE001  (the next turn begins again)
        _log.exception("which words speak for which category wasn't learned; again in an hour")
    finally:
        _learning.release()
        connection.close()
