"""The warnings that hold now: one query, remembered for some seconds, for every resident's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet

from gongzhi.base.log.actions import now
from gongzhi.work.prevention.warnings.content import ALL_CLEAR_SHOWN
from gongzhi.work.prevention.warnings.models import Warning

LOOK_AGAIN = 10.0
"""Seconds after which another process's warning is seen."""


@dataclass(frozen=True)
class _Held:
    warnings: tuple[Warning, ...]
    looked_at: float


_held = _Held((), float("-inf"))


def standing() -> list[Warning]:
    """The warnings that residents must know of now, the gravest first.

    Never an exercise, and never one whose time is over, even before the sweep has ended it.
    """
    global _held  # noqa: PLW0603  (one value for the process)
    if monotonic() - _held.looked_at > LOOK_AGAIN:
        _held = _Held(tuple(_read()), monotonic())
    at = now()
    return [one for one in _held.warnings if _ends_at(one) > at]


def ended_lately(at: datetime, within: timedelta = ALL_CLEAR_SHOWN) -> QuerySet[Warning]:
    """Those called off or run out since then, the last first."""
    return real().filter(
        state__in=[Warning.State.CANCELLED, Warning.State.EXPIRED], ended_at__gt=at - within
    ).order_by("-ended_at")  # fmt: skip


def real() -> QuerySet[Warning]:
    """All that residents may ever see: published, and no exercise."""
    shown = [Warning.State.ACTIVE, Warning.State.CANCELLED, Warning.State.EXPIRED]
    return Warning.objects.filter(exercise=False, state__in=shown).select_related("current")


def forget_standing() -> None:
    """Read again at the next question, now and once the open transaction has ended."""
    remember_none(looked=False)
    transaction.on_commit(lambda: remember_none(looked=False))


def remember_none(*, looked: bool) -> None:
    """Know of none; ``looked``: and don't ask for a while."""
    global _held  # noqa: PLW0603  (one value for the process)
    _held = _Held((), monotonic() if looked else float("-inf"))


def _read() -> list[Warning]:
    found = real().filter(state=Warning.State.ACTIVE)
    return sorted(found, key=lambda one: (-_gravity(one), -_sent(one)))


def _gravity(one: Warning) -> int:
    return one.current.gravity if one.current else 0


def _sent(one: Warning) -> float:
    return one.current.sent.timestamp() if one.current else 0.0


def _ends_at(one: Warning) -> datetime:
    assert one.current is not None  # noqa: S101  (a constraint says so)
    return one.current.ends_at
