"""Telling a hook what it has not been told yet, in order; and waiting longer each time it fails."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from random import uniform
from threading import Timer
from uuid import uuid4

from django.conf import settings
from django.db.models import F, Q

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.sealing import unseal
from gongzhi.watch.exchange.outside import LineFailed, line_to, parsed
from gongzhi.watch.exchange.webhooks.actions import (
    GIVE_UP,
    disable_hook,
    mark_back,
    mark_failing,
    set_aside,
)
from gongzhi.watch.exchange.webhooks.models import Delivery, Hook
from gongzhi.watch.exchange.webhooks.signing import TRIAL, body_of, headers_of

SENDER = Actor.system("webhooks")
WAITS = (5, 30, 120, 600)
"""Seconds until a hook that fails is tried again; the last one from then on."""
LEASE = timedelta(seconds=60)
"""For which one process has a hook; longer than one try can take."""
WHOLE = 20.0
"""Seconds after which an answer that drips is given up."""
REFUSALS = 5
"""Tries after which a message that the receiver refuses is set aside, so that the others pass."""
MAY_YET = frozenset({f"http_{code}" for code in (401, 403, 404, 407, 408, 410, 421, 425, 429)})
"""Answers that are about the address, the way or the moment, and not about the message."""
MOST = 200
"""Messages of one turn."""


def due_hooks() -> list[Hook]:
    """Those with something to be told, whose turn it is. Nobody's in a drill."""
    if settings.EXERCISE:
        return []
    at = now()
    waits = {"deliveries__done_at": None, "deliveries__dead_at": None}
    live = Hook.objects.filter(ended_at=None, disabled_at=None, **waits)
    free = Q(held_until=None) | Q(held_until__lte=at)
    turn = Q(again_at=None) | Q(again_at__lte=at)
    return list(live.filter(free, turn, deliveries__isnull=False).select_related("unit").distinct())


def send_to(hook: Hook) -> int:
    """Tell this hook all that waits, until it fails; how many it took. Of two processes one does
    so. What it took in the moment in which this process dies is told again, with the same id."""
    if settings.EXERCISE:
        return 0
    at = now()
    free = Q(held_until=None) | Q(held_until__lte=at)
    if not Hook.objects.filter(free, pk=hook.pk).update(held_until=at + LEASE):
        return 0
    try:
        return _send_all(hook)
    finally:
        Hook.objects.filter(pk=hook.pk).update(held_until=None)


def _send_all(hook: Hook) -> int:
    secret = unseal(bytes(hook.sealed_secret))["secret"]
    queue = Delivery.objects.filter(hook=hook, done_at=None, dead_at=None).order_by("seq", "pk")
    waiting, sent = list(queue[:MOST]), 0
    for told in waiting:
        told.hook = hook
        Hook.objects.filter(pk=hook.pk).update(held_until=now() + LEASE)
        Delivery.objects.filter(pk=told.pk).update(tries=F("tries") + 1)
        try:
            post(hook.address, told, secret)
        except LineFailed as failed:
            if _is_refused(failed.code) and told.tries + 1 >= REFUSALS:
                set_aside(SENDER, told, failed.code)
                continue
            Delivery.objects.filter(pk=told.pk).update(failure=failed.code)
            _failed(hook, failed.code)
            return sent
        Delivery.objects.filter(pk=told.pk).update(done_at=now(), failure="")
        _took(hook)
        sent += 1
    return sent


def _is_refused(code: str) -> bool:
    """Whether the receiver stands and will not have this very message. A receiver that is down, is
    busy or doesn't know us may take it yet."""
    return code.startswith("http_4") and code not in MAY_YET


def try_hook(hook: Hook) -> None:
    """Send one message that is about nothing (``webhooks.trial``). Raises LineFailed: not taken."""
    secret = unseal(bytes(hook.sealed_secret))["secret"]
    post(hook.address, Delivery(hook=hook, entry=uuid4(), seq=0, kind=TRIAL, at=now()), secret)


def post(address: str, told: Delivery, secret: str) -> None:
    """One try. Raises LineFailed: no 2xx came, and a redirect is none."""
    parts, body = parsed(address), body_of(told)
    headers = {"User-Agent": "Gongzhi (webhooks)", **headers_of(told, body, secret, now())}
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    within = parts.scheme == "http"  # in the clear only inside
    with line_to(parts, intranet=settings.INTRANET, within=within) as line, _in_time(line):
        line.request("POST", target, body=body, headers=headers)
        status = line.getresponse().status
    if not 200 <= status < 300:
        raise LineFailed(f"http_{status}")


@contextmanager
def _in_time(line: HTTPConnection) -> Iterator[None]:
    def cut() -> None:
        if line.sock:
            line.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(WHOLE, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _took(hook: Hook) -> None:
    Hook.objects.filter(pk=hook.pk).update(told_at=now())
    if hook.failing_since is not None:
        mark_back(SENDER, hook)
        hook.failing_since, hook.failures = None, 0


def _failed(hook: Hook, why: str) -> None:
    wait = WAITS[min(hook.failures, len(WAITS) - 1)]
    again = now() + timedelta(seconds=wait * uniform(1, 1.3))  # noqa: S311  (not all at once)
    Hook.objects.filter(pk=hook.pk).update(failures=F("failures") + 1, failure=why, again_at=again)
    if hook.failing_since is None:
        mark_failing(SENDER, hook, why)
    elif now() - hook.failing_since > GIVE_UP:
        disable_hook(SENDER, hook, why)
    if why == "http_410":  # it says itself that it is gone
        disable_hook(SENDER, hook, why)
