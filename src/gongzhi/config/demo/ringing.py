"""The demo county's telephone: now and then it rings, and whoever isn't answered hangs up."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.config.demo.desk import NOBODY
from gongzhi.work.calls.actions import hang_up, ring
from gongzhi.work.calls.selectors.ringing import ringing, to_call_back

OFTEN = 0.02
"""Chance that it rings, each time that the county is looked at: every four minutes or so."""
PATIENCE = timedelta(seconds=50)
MOST_BACKS = 3
"""With so many to call back nobody is at the desk, and it rings no more."""


def go_on(rng: np.random.Generator) -> None:
    """Let it ring, or let somebody hang up who has waited too long."""
    by, going = Actor.system("demo"), list(ringing())
    for one in going:
        if now() - one.rang_at > PATIENCE:
            hang_up(by, one)
    if not going and rng.random() < OFTEN and to_call_back().count() < MOST_BACKS:
        ring(by, f"demo:{now().isoformat()}", phone=NOBODY, line=f"110-{rng.integers(1, 4)}")
