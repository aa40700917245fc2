"""How the organisation changed: heads, the front line's share, and work a head, month by month.

Work is what a unit was given to do (matters that it owns), never what one person did: a unit with
fewer than `FEWEST` heads shows none, so that its number is nobody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.models import Holding, Post
from gongzhi.work.workforce.officers.states import Line

FEWEST = 5
MONTHS = 13


@dataclass(frozen=True)
class Month:
    """One month of a unit, as on its last day (or today)."""

    first: date
    heads: int
    front: int
    """Of the heads, those at the front line."""
    places: int
    matters: int

    @property
    def front_share(self) -> int | None:
        """In percent of the heads."""
        return round(100 * self.front / self.heads) if self.heads else None

    @property
    def a_head(self) -> float | None:
        """Matters of the month by heads; None for so few that it would be somebody's."""
        return round(self.matters / self.heads, 1) if self.heads >= FEWEST else None


@dataclass(frozen=True)
class Story:
    """A unit's months, the first one first."""

    unit: Unit
    months: list[Month]

    @property
    def last(self) -> Month:
        """As it is now."""
        return self.months[-1]


def stories(units: Sequence[Unit], *, months: int = MONTHS) -> list[Story]:
    """Of each unit that ever had a post in these months. Three queries, however many units."""
    firsts = _months_until(today(), months)
    holdings, posts = _holdings(units), _posts(units)
    matters = _matters(units, firsts[0])
    told = [
        Story(one, [
            _month(first, holdings[one.pk], posts[one.pk], matters[one.pk, first])
            for first in firsts
        ])
        for one in units
    ]  # fmt: skip
    return [one for one in told if any(month.places or month.heads for month in one.months)]


def of_all(told: Sequence[Story]) -> list[Month]:
    """All units together. Who has two posts in two units counts in both."""
    return [
        Month(
            many[0].first, sum(m.heads for m in many), sum(m.front for m in many),
            sum(m.places for m in many), sum(m.matters for m in many),
        )
        for many in zip(*(one.months for one in told), strict=True)
    ]  # fmt: skip


_Span = tuple[int, str, date, date]


def _month(
    first: date, held: Sequence[_Span], posts: Sequence[tuple[int, date, date]], matters: int
) -> Month:
    at = min(_next(first), today()) if _next(first) > today() else _next(first)
    day = date.fromordinal(at.toordinal() - (0 if at == today() else 1))
    there = [one for one in held if one[2] <= day < one[3]]
    front = {one[0] for one in there if one[1] == Line.FRONT}
    return Month(
        first, len({one[0] for one in there}), len(front),
        sum(many for many, opened, closed in posts if opened <= day < closed), matters,
    )  # fmt: skip


def _holdings(units: Sequence[Unit]) -> dict[int, list[_Span]]:
    found: dict[int, list[_Span]] = defaultdict(list)
    rows = Holding.objects.filter(post__unit__in=units).values_list(
        "post__unit_id", "account_id", "post__line", "since", "until"
    )
    for unit, account, line, since, until in rows:
        found[unit].append((account, line, since, until or date.max))
    return found


def _posts(units: Sequence[Unit]) -> dict[int, list[tuple[int, date, date]]]:
    found: dict[int, list[tuple[int, date, date]]] = defaultdict(list)
    rows = Post.objects.filter(unit__in=units)
    for one in rows:
        found[one.unit_id].append((one.places, one.opened_on, one.closed_on or date.max))
    return found


def _matters(units: Iterable[Unit], since: date) -> dict[tuple[int, date], int]:
    """By unit and month of opening: the county's own matters, sealed ones apart."""
    zone = timezone.get_default_timezone()
    rows = (
        Matter.objects.filter(
            ~Q(procedure__in=_sealed()), owner_unit__in=list(units), county=None,
            opened_at__gte=datetime.combine(since, time(), zone),
        )
        .annotate(month=TruncMonth("opened_at", tzinfo=zone))
        .values_list("owner_unit_id", "month")
        .annotate(many=Count("pk"))
    )  # fmt: skip
    found: dict[tuple[int, date], int] = defaultdict(int)
    for unit, month, many in rows:
        found[unit, month.date()] += many
    return found


def _sealed() -> list[str]:
    from gongzhi.base.catalogue.sealed import sealed_procedures

    return sorted(sealed_procedures())


def _months_until(day: date, months: int) -> list[date]:
    at, found = day.replace(day=1), []
    for _n in range(months):
        found.append(at)
        at = date(at.year - (at.month == 1), (at.month - 2) % 12 + 1, 1)
    return found[::-1]


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
