"""Requests in the demo county while it runs: some come in, and made-up clerks answer those.

What somebody at a screen reports is left to whoever answers it: only requests of this module's own
making are seen to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import numpy as np

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.config.demo.history.courses import answered_as
from gongzhi.config.demo.history.shown import shown_as_done
from gongzhi.config.demo.history.telling import outcome
from gongzhi.config.demo.life import Next
from gongzhi.config.demo.staff import Staff
from gongzhi.work.participation.actions import (
    answer_request,
    file_request,
    start_request,
    take_up,
)
from gongzhi.work.participation.selectors import unit_for

OURS = "demo-live-request-"
"""What the idempotency keys of our own requests begin with."""
MINUTES = {"received": 4, "accepted": 3, "in_progress": 25}
"""About how long a request stands at a step before somebody goes on."""
MOST = 40


def file_one(rng: np.random.Generator, told: Next) -> None:
    """Somebody reports something."""
    category = catalogue().categories[told.category]
    file_request(
        Actor.resident(),
        category=told.category,
        words=told.words,
        place=told.place,
        point=told.point,
        answers=told.answers,
        channel=told.channel,
        unit=unit_for(category, told.point),
        idempotency_key=f"{OURS}{int(rng.integers(10**12)):012d}",
    )


def waiting() -> Iterable[Matter]:
    """Our own open requests that have stood long enough at their step."""
    mine = Matter.objects.filter(
        procedure="resident_request", closed_at__isnull=True, step__in=MINUTES,
        idempotency_key__startswith=OURS,
    )  # fmt: skip
    rows = mine.select_related("owner_unit").order_by("stepped_at")[:MOST]
    return [one for one in rows if now() - one.stepped_at >= _patience(one)]


def go_on(rng: np.random.Generator, matter: Matter, staff: Staff) -> None:
    """The clerk of the unit that owns it takes the next step."""
    by = staff.clerk_of(matter.owner_unit)
    if matter.step == "received":
        take_up(by, matter)
    elif matter.step == "accepted":
        start_request(by, matter)
    else:
        category = matter.category_item
        group = answered_as(category) if category else "other"
        words = outcome(rng, "answer", group)
        answer_request(by, matter, words, closing=shown_as_done(matter))


def _patience(matter: Matter) -> timedelta:
    spread = 0.6 + (matter.pk * 37 % 81) / 100
    return timedelta(minutes=MINUTES[matter.step] * spread)
