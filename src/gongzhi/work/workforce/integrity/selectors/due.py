"""Reports that fall due and posts to be rotated, of which nobody has been told."""

from __future__ import annotations

from datetime import date, timedelta

from gongzhi.base.catalogue.kinds.power import Reminder
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.integrity.models import Reminded, ReportMade
from gongzhi.work.workforce.integrity.selectors.checks import Due, long_in_sensitive_posts
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import Holding

AHEAD = timedelta(days=30)
MOST = 200
"""Told in one go; the others an hour later."""


def reports_untold() -> list[tuple[Account, Due]]:
    """Whose yearly report falls due within thirty days and isn't made, as far as they weren't told
    of it. A fixed number of queries a kind of report."""
    day = today()
    return [
        (account, Due(one, until, made=False, late=False))
        for one in catalogue().reminders.values()
        if (until := next_day(one, day)) is not None and until - day <= AHEAD
        for account in _who_must(one, until.year)
    ][:MOST]


def next_day(reminder: Reminder, day: date) -> date | None:
    """Until when it is to be reported next, from this day on; None for what is no report."""
    if reminder.month is None or reminder.day is None:
        return None
    this = date(day.year, reminder.month, reminder.day)
    return this if this >= day else this.replace(year=day.year + 1)


def _who_must(reminder: Reminder, year: int) -> list[Account]:
    told = Reminded.objects.filter(reminder=reminder.code, about=str(year)).values("account")
    made = ReportMade.objects.filter(report=reminder.code, year=year).values("account")
    rows = Account.objects.filter(is_active=True).exclude(pk__in=told).exclude(pk__in=made)
    wanted = set(reminder.roles)
    return [one for one in rows.order_by("pk") if not wanted or wanted & set(one.roles)]


def rotations_untold() -> list[tuple[Holding, Reminder]]:
    """Who has held a sensitive post for as long as the county says, as far as nobody was told.
    Two queries."""
    found = []
    for one in catalogue().reminders.values():
        if one.rotate_after is None:
            continue
        told = set(Reminded.objects.filter(reminder=one.code).values_list("about", flat=True))
        found += [
            (held, one) for held, months in long_in_sensitive_posts()
            if months >= one.rotate_after and f"held:{held.pk}" not in told
        ]  # fmt: skip
    return found[:MOST]
