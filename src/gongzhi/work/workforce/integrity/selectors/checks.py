"""Powers against the log; who has long been in a sensitive post; reports that are due."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongzhi.base.catalogue.kinds.power import Power, Reminder
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now, subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.people.events import ROLES_CHANGED
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.integrity.models import ReportMade
from gongzhi.work.workforce.officers.days import held_on, today
from gongzhi.work.workforce.officers.models import Holding

LATELY = timedelta(days=90)
MOST = 5000


@dataclass(frozen=True)
class Outside:
    """A decision by somebody without any of the roles, as they were then."""

    at: datetime
    account: str
    seq: int


@dataclass(frozen=True)
class Checked:
    """A power: how often it was used lately, how often by the platform, and what lies outside."""

    power: Power
    used: int
    by_platform: int
    outside: list[Outside]


@dataclass(frozen=True)
class Due:
    """A yearly report of somebody: until when, and whether it was made."""

    reminder: Reminder
    until: date
    made: bool
    late: bool


def powers_checked() -> list[Checked]:
    """Each power against the decisions of the last three months. Three queries. Roles are those
    that somebody had at that moment: the log tells what they were before each change."""
    powers = list(catalogue().powers.values())
    rows = Entry.objects.filter(kind__in={one.event for one in powers}, at__gt=now() - LATELY)
    entries = list(rows.order_by("-seq")[:MOST])
    keys = {int(one.by.partition(":")[2]) for one in entries if one.by.startswith("account:")}
    accounts = Account.objects.in_bulk(keys)
    changes = _changes(accounts)
    return [_checked(power, entries, accounts, changes) for power in powers]


_Changes = dict[int, list[tuple[int, list[str]]]]
"""By account: at which place of the log its roles changed, and what they were before."""


def _changes(accounts: dict[int, Account]) -> _Changes:
    subjects = {subject_of(one): key for key, one in accounts.items()}
    found: _Changes = {key: [] for key in accounts}
    rows = Entry.objects.filter(subject__in=subjects, kind=ROLES_CHANGED.kind).order_by("seq")
    for one in rows:
        before = json.loads(one.text).get("previous", [])
        found[subjects[one.subject]].append((one.seq, before))
    return found


def _checked(
    power: Power, entries: list[Entry], accounts: dict[int, Account], changes: _Changes
) -> Checked:
    used = [one for one in entries if one.kind == power.event]
    outside = []
    for one in used:
        sort, _colon, number = one.by.partition(":")
        whose = accounts.get(int(number)) if sort == "account" else None
        if whose and not set(_roles_at(whose, one.seq, changes[whose.pk])) & set(power.roles):
            outside.append(Outside(one.at, str(whose), one.seq))
    return Checked(power, len(used), sum(not e.by.startswith("account:") for e in used), outside)


def _roles_at(account: Account, seq: int, changes: list[tuple[int, list[str]]]) -> list[str]:
    """What they were before the first change after that entry; or as they are."""
    return next((before for changed, before in changes if changed > seq), account.roles)


def long_in_sensitive_posts() -> list[tuple[Holding, int]]:
    """Who has been in a sensitive post for as long as the county says, or will be in half a year,
    with the months, the longest first. One query."""
    months = [one.rotate_after for one in catalogue().reminders.values() if one.rotate_after]
    if not months:
        return []
    rows = Holding.objects.filter(held_on(today()), post__sensitive=True, account__is_active=True)
    found = [(one, _months(one.since)) for one in rows.select_related("account", "post__unit")]
    return sorted([pair for pair in found if pair[1] >= min(months) - 6], key=lambda pair: -pair[1])


def reports_of(account: Account) -> list[Due]:
    """The yearly reports that somebody has to make. One query."""
    day = today()
    made = set(
        ReportMade.objects.filter(account=account, year=day.year).values_list("report", flat=True)
    )
    found = []
    for one in catalogue().reminders.values():
        if one.month is None or one.day is None:
            continue
        if one.roles and not set(one.roles) & set(account.roles):
            continue
        until = date(day.year, one.month, one.day)
        done = one.code in made
        found.append(Due(one, until, done, not done and day > until))
    return found


def _months(since: date) -> int:
    day = today()
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
