"""One's own shifts as a calendar to subscribe to (RFC 5545): which and when, no name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.crypto.county import suite
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.rosters.models import CalendarFeed, Duty
from gongzhi.work.workforce.rosters.times import times_of

CONTENT_TYPE = "text/calendar; charset=utf-8"


def feed_of(duties: Iterable[Duty]) -> bytes:
    """Shifts as they are published."""
    calendar = Calendar()
    calendar.add("prodid", "-//Gongzhi//Rosters//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("我的班"))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in duties:
        times = times_of(one)
        if times is None:
            continue
        entry = Event()
        entry.add("uid", f"duty-{one.pk}@gongzhi")
        entry.add("dtstamp", datetime.now(UTC))
        entry.add("dtstart", times[0].astimezone(UTC))
        entry.add("dtend", times[1].astimezone(UTC))
        entry.add("summary", str(catalogue().roster_shifts[one.shift].name))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def token_of(account: Account) -> str:
    """What the address carries; empty where there is none. It changes with the account's sessions,
    too: who signs out everywhere has stopped it."""
    feed = CalendarFeed.objects.filter(account=account).first()
    if feed is None:
        return ""
    secret = f"rosters feed\n{settings.SECRET_KEY}\n{account.session_mark}\n{feed.mark}".encode()
    return suite().keyed(secret, str(account.pk).encode()).hex()[:40]


def is_token(account: Account, given: str) -> bool:
    """Whether it is the one that holds now."""
    held = token_of(account)
    return bool(held) and constant_time_compare(held, given)
