"""Who works where on a day, and what they can do then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q

from gongzhi.base.people.models import Account, Unit
from gongzhi.work.workforce.officers.days import day_of, held_on
from gongzhi.work.workforce.officers.models import Holding, SkillHeld


def people_of(unit: Unit, day: date) -> list[Account]:
    """Everybody who holds a post of the unit on this day, each once, by id: also who has another
    post elsewhere. One query."""
    there = Holding.objects.filter(held_on(day), post__unit=unit).values("account")
    return list(Account.objects.filter(pk__in=there, is_active=True).order_by("pk"))


def posts_of(account: Account, day: date) -> list[Holding]:
    """The posts that somebody holds on this day, the greatest share first."""
    rows = Holding.objects.filter(held_on(day), account=account).select_related("post__unit")
    return list(rows.order_by("-share", "pk"))


def posts_held(accounts: Iterable[Account], day: date) -> dict[int, list[Holding]]:
    """The same of many, by account id. One query."""
    keys = [one.pk for one in accounts]
    rows = Holding.objects.filter(held_on(day), account__in=keys)
    rows = rows.select_related("post__unit", "account")
    found: dict[int, list[Holding]] = {key: [] for key in keys}
    for one in rows.order_by("-share", "pk"):
        found[one.account_id].append(one)
    return found


def skills_on(account: Account, day: date) -> frozenset[str]:
    """Codes of the skills that somebody has on this day; a certificate's last day counts."""
    return skills_through(account, day, day)


def skills_through(
    account: Account, start: date | datetime, end: date | datetime
) -> frozenset[str]:
    """Codes of the skills that somebody has on every day from ``start`` to ``end``: a certificate
    that lapses at midnight of a night shift doesn't cover it."""
    return skills_of([account], start, end)[account.pk]


def skills_of(
    accounts: Sequence[Account], start: date | datetime, end: date | datetime
) -> dict[int, frozenset[str]]:
    """The same of many, by account id. One query. One certificate must cover all of it, or
    several that follow each other without a gap."""
    first, last = day_of(start), day_of(end)
    keys = [one.pk for one in accounts]
    rows = SkillHeld.objects.filter(
        Q(until__isnull=True) | Q(until__gte=first), account__in=keys, since__lte=last
    ).order_by("since", "pk")
    spans: dict[int, dict[str, list[tuple[date, date]]]] = {key: defaultdict(list) for key in keys}
    for one in rows:
        spans[one.account_id][one.skill].append((one.since, one.until or date.max))
    return {
        key: frozenset(skill for skill, told in own.items() if _cover(told, first, last))
        for key, own in spans.items()
    }


def _cover(spans: Sequence[tuple[date, date]], first: date, last: date) -> bool:
    """Whether spans in the order of their starts leave no day out from first through last."""
    reached = first.toordinal() - 1
    for start, end in spans:
        if start.toordinal() > reached + 1:
            return False
        reached = max(reached, end.toordinal())
        if reached >= last.toordinal():
            return True
    return False
