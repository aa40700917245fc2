"""Calls that ring, and those that wait to be called back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.models import Ring

LOST = timedelta(hours=6)
"""A ring of which the exchange told nothing more for so long has ended without its telling."""


def ring_of(ref: str) -> Ring | None:
    """The ring that the exchange calls so."""
    return Ring.objects.filter(ref=ref).first()


def ringing() -> QuerySet[Ring]:
    """What rings now, the one that has waited longest first."""
    return Ring.objects.filter(
        state=Ring.State.RINGING, rang_at__gte=now() - LOST
    ).order_by("rang_at", "pk")  # fmt: skip


def to_call_back() -> QuerySet[Ring]:
    """Who hung up or did not speak, the most overdue first."""
    waiting = Ring.objects.filter(state=Ring.State.BACK).select_related("claimed_by")
    return waiting.annotate(tries=Count("call_backs")).order_by("back_by", "pk")


def backs_counted() -> tuple[int, int]:
    """How many wait to be called back, and of how many the time has passed."""
    waiting = Ring.objects.filter(state=Ring.State.BACK)
    counted = waiting.aggregate(all=Count("pk"), late=Count("pk", filter=Q(back_by__lt=now())))
    return counted["all"], counted["late"]


def in_hand(account: Account) -> QuerySet[Ring]:
    """Calls that somebody answered and has not said anything of yet."""
    return Ring.objects.filter(state=Ring.State.CLAIMED, claimed_by=account).order_by("claimed_at")


def closed_lately() -> QuerySet[Ring]:
    """What was closed without a call, of the last day."""
    done = Q(state=Ring.State.CLOSED, rang_at__gte=now() - timedelta(days=1))
    rows = Ring.objects.filter(done).annotate(tries=Count("call_backs"))
    return rows.order_by("-rang_at")


def ring_named(key: int) -> Ring:
    """The ring of this id. Refuses (404) when there is none."""
    found = Ring.objects.select_related("claimed_by").filter(pk=key).first()
    if found is None:
        raise Refused(_("没有找到这通来电。"), code="no_such_ring", status=404)
    return found


def claimed_ring(account: Account, key: int) -> Ring | None:
    """The ring of this id, while this call-taker has it."""
    return in_hand(account).filter(pk=key).first()
