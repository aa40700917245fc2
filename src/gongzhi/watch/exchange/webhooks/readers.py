"""The log's entries become messages; messages are sent on a thread of each hook's own."""

from __future__ import annotations

import logging
from threading import Thread

from django.db import connection

from gongzhi.base.log.actions import now
from gongzhi.base.log.jobs import every
from gongzhi.base.log.models import Entry
from gongzhi.base.log.readers import reader
from gongzhi.watch.exchange.webhooks.actions import KEPT
from gongzhi.watch.exchange.webhooks.heard import KINDS, heard
from gongzhi.watch.exchange.webhooks.models import Delivery, Hook
from gongzhi.watch.exchange.webhooks.sending import due_hooks, send_to

SECONDS, DAY = 1.0, 86400.0
_log = logging.getLogger(__name__)
_sending: dict[int, Thread] = {}


@reader("webhooks.queue")
def queue(entry: Entry) -> None:
    """Note whom to tell; each hook of each entry once."""
    if entry.kind not in KINDS:
        return
    hooks = Hook.objects.filter(ended_at=None, opened_at__lte=entry.at)
    for unit, request, matter in heard(entry) if hooks.exists() else ():
        told = {"seq": entry.seq, "kind": entry.kind, "at": entry.at}
        for hook in hooks.filter(unit=unit):
            about = told | {"request": request, "matter": matter}
            Delivery.objects.get_or_create(hook=hook, entry=entry.id, defaults=about)


@every(SECONDS, "webhooks.send")
def send() -> None:
    """Begin to tell whom it is time to tell: a slow system holds up no other."""
    for hook in due_hooks():
        running = _sending.get(hook.pk)
        if running is None or not running.is_alive():
            _sending[hook.pk] = Thread(target=_send, args=(hook,), name="webhook", daemon=True)
            _sending[hook.pk].start()


@every(DAY, "webhooks.forget")
def forget() -> int:
    """Let go of what was told or has waited for a month; how many."""
    return Delivery.objects.filter(at__lt=now() - KEPT).delete()[0]


def _send(hook: Hook) -> None:
    try:
        send_to(hook)
    except Exception:  # noqa: BLE001  (one partner must not silence the others)
        _log.exception("hook %s could not be told", hook.pk)
    finally:
        connection.close()
