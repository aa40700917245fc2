"""When something happened, by a phone whose clock may be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite

FAR_APART = timedelta(minutes=2)
"""Two measures of how wrong a clock is that differ by more: it was set in between."""
LEEWAY = timedelta(seconds=60)
"""So far out of bounds a time is only moved; further out it is called uncertain."""


@dataclass(frozen=True)
class PhoneTime:
    """What a phone says of a time: ``at`` and ``sent`` by its own clock, when the thing happened
    and when it was sent; ``ahead``: how far the server's clock was before the phone's when the two
    last met before it happened, None when they had not."""

    at: datetime
    sent: datetime | None = None
    ahead: timedelta | None = None


@dataclass(frozen=True)
class Moment:
    """A time set right, and whether it can be relied on."""

    at: datetime
    uncertain: bool = False

    def between(self, earliest: datetime, latest: datetime) -> Moment:
        """The nearest time within these bounds; uncertain when it was well outside."""
        at = min(max(self.at, earliest), latest)
        return Moment(at, self.uncertain or abs(at - self.at) > LEEWAY)


def set_right(told: PhoneTime, received: datetime) -> Moment:
    """When it happened, by our clock.

    The phone's clock is compared with ours before the deed and when it is sent. If it was set in
    between, what was measured before the deed counts, and the time is called uncertain.
    """
    late = received - told.sent if told.sent is not None else None
    ahead = told.ahead if told.ahead is not None else late
    if ahead is None:
        return Moment(told.at, uncertain=True)
    doubtful = late is not None and abs(late - ahead) > FAR_APART
    return Moment(told.at + ahead, doubtful)


def of_milliseconds(text: object) -> datetime | None:
    """A time as browsers tell it, milliseconds since 1970; None for what is none."""
    number = _number(text)
    try:
        return None if number is None else datetime.fromtimestamp(number / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def span_of_milliseconds(text: object) -> timedelta | None:
    """A span in milliseconds; None for what is none."""
    number = _number(text)
    try:
        return None if number is None else timedelta(milliseconds=number)
    except OverflowError:
        return None


def _number(text: object) -> float | None:
    try:
        number = float(str(text))
    except ValueError:
        return None
    return number if isfinite(number) else None
