"""People who want a time at a counter: ``_crowd.py PEOPLE THREADS SEED`` in a county's environment.

It says that it is ready, reads one JSON order a line on stdin, ``{"what": "book", "begin": …}``
(``begin``: when, in seconds since 1970), and answers each with one JSON line on stdout.
"""

from __future__ import annotations

import json
import random
import secrets
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from gongzhi.base.catalogue.load import catalogue  # noqa: E402
from gongzhi.base.log.actor import Actor  # noqa: E402
from gongzhi.base.log.turns import in_turn  # noqa: E402
from gongzhi.base.people.models import Unit  # noqa: E402
from gongzhi.work.appointments.actions import NewBooking, book  # noqa: E402
from gongzhi.work.appointments.selectors.times import Visit, opened  # noqa: E402
from gongzhi.work.appointments.taken import Taken  # noqa: E402

RESIDENT = Actor.resident()


class Told:
    """What the people of this process met with."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.ms: list[float] = []


def book_one(new: NewBooking, at: datetime | None, told: Told) -> None:
    """One person: the time they drew, then each that they are told of."""
    while at is not None:
        begun = time.perf_counter()
        told.counts["attempts"] += 1
        try:
            book(RESIDENT, new, at, key=secrets.token_urlsafe(24))
            at = None
        except Taken as refused:
            at = refused.next_at
            told.counts["told_next" if at else "told_full"] += 1
            told.counts["silent"] += not str(refused)
        except Exception as broken:  # noqa: BLE001  (counted, and the benchmark fails)
            told.errors[type(broken).__name__] += 1
            at = None
        told.ms.append((time.perf_counter() - begun) * 1000)


def insert_one(slot: int, told: Told) -> None:
    """One person without the platform: a bare row that nobody else has, committed."""
    mark = "?" if connection.vendor == "sqlite" else "%s"
    told.counts["attempts"] += 1
    with in_turn():
        insert = f"INSERT INTO bench_slots (slot) VALUES ({mark})"
        connection.connection.execute(insert, (slot,))


def main() -> None:
    """Orders in, results out, until stdin ends."""
    people, threads, seed = (int(one) for one in sys.argv[1:4])
    office, draw = Unit.objects.get(code="bench"), random.Random(seed)
    visit = Visit(office, [catalogue().services["residence_permit"]])
    day = timezone.localdate() + timedelta(days=visit.rules.ahead)
    times = sorted({at for at, _counter in opened(visit, day)})
    new = NewBooking(office, visit.services, {"name": "海某某", "phone": "13800000000"})
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _n: connection.ensure_connection(), range(threads)))
        print("ready", flush=True)
        for line in sys.stdin:
            order, told = json.loads(line), Told()
            wanted = [draw.choice(times) for _person in range(people)]
            own = range(seed % 1000 * 10_000, seed % 1000 * 10_000 + people)
            time.sleep(max(0.0, order["begin"] - time.time()))
            begun = time.perf_counter()
            if order["what"] == "book":
                list(pool.map(lambda at, told=told: book_one(new, at, told), wanted))
            else:
                list(pool.map(lambda n, told=told: insert_one(n, told), own))
            print(json.dumps(_figures(told, time.perf_counter() - begun)), flush=True)


def _figures(told: Told, seconds: float) -> dict[str, Any]:
    names = ("attempts", "told_next", "told_full", "silent")
    return {name: told.counts[name] for name in names} | {
        "ms": told.ms, "seconds": seconds, "errors": dict(told.errors),
    }  # fmt: skip


if __name__ == "__main__":
    main()
