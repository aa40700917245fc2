"""Who helped with a matter, and what residents said to somebody who did."""

from __future__ import annotations

from datetime import timedelta

from gongzhi.base.log.actions import now, subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.work.participation.models import Thanks

HELPING = ("matters.step_taken", "matters.matter_taken_on")
SHOWN, LATELY = 20, timedelta(days=366)
BY = "account:"


def helpers_of(matter: Matter) -> list[Account]:
    """Members of staff who took a step of it or took it on, as the log has it. Two queries."""
    rows = Entry.objects.filter(subject=subject_of(matter), kind__in=HELPING, by__startswith=BY)
    keys = {int(one.removeprefix(BY)) for one in rows.values_list("by", flat=True)}
    return list(Account.objects.filter(pk__in=keys, is_active=True).order_by("pk"))


def thanks_to(account: Account, matter: Matter | None = None) -> list[Thanks]:
    """What residents said to this account in the last year, or of one matter; the latest first.
    One query."""
    rows = Thanks.objects.filter(helpers=account, at__gt=now() - LATELY).exclude(words="")
    if matter is not None:
        rows = rows.filter(receipt__matter=matter)
    return list(rows.select_related("receipt__matter").order_by("-at")[:SHOWN])
