"""Proofs are let go by themselves."""

from __future__ import annotations

from datetime import timedelta

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.log.limits import Limit, add_limit
from gongzhi.base.reach.actions import forget_old
from gongzhi.base.reach.models import Proof

CLOCK = Actor.system("reach")
SECONDS = 300.0
KEPT_AT_MOST = timedelta(hours=1)
"""Where a county's catalogue says nothing, or more."""


@every(SECONDS, "reach.keeping")
def let_go() -> int:
    """Erase what was asked for so long ago that nobody needs it; how many."""
    item = catalogue().keeping.get("proofs")
    before = now() - min(item.keep if item else KEPT_AT_MOST, KEPT_AT_MOST)
    if not Proof.objects.filter(asked_at__lt=before).exists():
        return 0
    return forget_old(CLOCK, before)


add_limit(
    "proofs",
    Limit(
        lambda at: Proof.objects.filter(asked_at__lt=at).count(), "reach.keeping",
        ("reach.proofs_erased",),
    ),
)  # fmt: skip
