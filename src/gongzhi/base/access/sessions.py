"""The session engine: Django's own, whose rows also know whose session it is and since when.

A session ends twelve hours after the sign-in, whatever happens in it. It ends at once when its row
is deleted, which is what ending somebody's session does: no request needs one more look.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as Stored
from django.http import HttpRequest

from gongzhi.base.access.browsers import browser_of

HOURS = 12
WAY, BEGAN, SEEN, BROWSER, FACTOR, PROVED = "way", "began", "seen", "browser", "factor", "proved"
DEMO = "demo"
LATELY = 15 * 60
"""For so many seconds nobody is asked again who they are."""


class SessionStore(Stored):
    """Rows of `models.Session`."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Our own table."""
        from gongzhi.base.access.models import Session

        return Session

    def create_model_instance(self, data: Any) -> Any:
        """The row, with what lists of sessions show."""
        row: Any = super().create_model_instance(data)
        owner = data.get(SESSION_KEY)
        row.account_id = int(owner) if owner else None
        row.way, row.browser = data.get(WAY, ""), data.get(BROWSER, "")
        row.began_at, row.used_at = _read(data, BEGAN), _read(data, SEEN)
        return row


def begin(request: HttpRequest, *, way: str, factor: str) -> None:
    """Note in a session that has just begun how it did, and let it end in time."""
    now = datetime.now(UTC)
    told = {
        WAY: way, FACTOR: factor, BROWSER: browser_of(request.headers.get("User-Agent", "")),
        BEGAN: now.isoformat(), SEEN: _hour(now), PROVED: now.timestamp(),
    }  # fmt: skip
    for name, value in told.items():
        request.session[name] = value
    request.session.set_expiry(now + timedelta(hours=HOURS))


def note_seen(session: SessionBase) -> None:
    """Note the hour, once in it, so that whoever looks at their sessions knows which are old."""
    hour = _hour(datetime.now(UTC))
    if session.get(SEEN, hour) != hour:
        session[SEEN] = hour


def note_proved(session: SessionBase, factor: str) -> None:
    """Note that whoever sits there has just shown who they are."""
    session[PROVED] = datetime.now(UTC).timestamp()
    if factor:
        session[FACTOR] = factor


def has_proved_lately(session: SessionBase) -> bool:
    """Whether they did within the last minutes. In the demo county nobody has to."""
    if is_of_demo(session):
        return True
    return datetime.now(UTC).timestamp() - float(session.get(PROVED, 0)) < LATELY


def is_of_demo(session: SessionBase) -> bool:
    """Whether it began with one press, as only a demo county lets it. One that doesn't say how it
    began did not."""
    return bool(session.get(WAY) == DEMO)


def _hour(at: datetime) -> str:
    return at.replace(minute=0, second=0, microsecond=0).isoformat()


def _read(told: Mapping[str, Any], name: str) -> datetime | None:
    text = told.get(name)
    return datetime.fromisoformat(text) if text else None
