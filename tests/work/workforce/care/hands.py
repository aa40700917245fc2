"""Somebody who listens, somebody who needs it, and a survey."""

from __future__ import annotations

from datetime import date, timedelta

from gongzhi.base.people.models import Account
from gongzhi.work.workforce.care import actions
from gongzhi.work.workforce.care.models import Pulse, Slot
from gongzhi.work.workforce.care.permissions import CARE
from tests.work.workforce.officers.hands import NOW, account, personnel

CALLED, WORDS = "小鲸鱼", "夜里总想起那扇门"
WHEN = NOW + timedelta(days=2)


def host(name: str = "listener") -> Account:
    """Who listens."""
    return account(name, "counsellor", "personnel")


def slot(name: str = "listener", days: int = 2, support: str = "peer") -> Slot:
    """A time to book."""
    starts = NOW + timedelta(days=days)
    return actions.offer_slot(CARE, host(name), support, starts_at=starts, where="三楼小会议室")


def booked(one: Slot | None = None, tired: str = "") -> str:
    """The code of a talk."""
    return actions.book(CARE, one or slot(), called=CALLED, words=WORDS, tired=tired)


def pulse(days: int = 7) -> Pulse:
    """A survey that runs."""
    return actions.open_pulse(
        personnel(), "who5", closes_on=date(2026, 11, 30) + timedelta(days=days)
    )


def answered(one: Pulse, who: str, each: int, at: str = "station_lancheng") -> int:
    """One's result, as it was told: each item the same."""
    return actions.answer_pulse(CARE, one, account(who, at=at), [each] * 5)
