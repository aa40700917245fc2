"""Weeks of incidents and requests, as tests of outcomes need them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.matters.actions import take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.watch.outcomes.turns import count_what_is_over
from tests.work.dispatch.county import SYSTEM, account, body, incident

MONDAY = datetime(2026, 8, 31, 4, tzinfo=UTC)
"""Noon in the county."""


def happened(week: int, number: int, category: str = "theft", **more: object) -> list[Matter]:
    """So many incidents on days of the `week`-th week."""
    made = []
    for nth in range(number):
        with moment(MONDAY + timedelta(weeks=week, days=nth % 7, minutes=nth)):
            made.append(incident(category, **more))  # type: ignore[arg-type]
    return made


def counted(weeks: int) -> int:
    """What a turn counts when so many weeks are over."""
    with moment(MONDAY + timedelta(weeks=weeks)):
        return count_what_is_over()


def analyst() -> Account:
    """Somebody who may see the measures."""
    return account("analyst", body("command_centre", "department"), "eyes")


__all__ = ["MONDAY", "SYSTEM", "analyst", "body", "counted", "happened", "take_step"]
