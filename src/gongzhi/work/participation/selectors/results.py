"""Closed, solved and satisfied: three different numbers, each with its denominator and silence.

- closed: of the requests opened, those that have ended;
- solved: of those that got an answer and whose residents said anything, those whose last word is
  that it is solved. What a unit says of itself is no part of it;
- satisfied: of the residents who rated, those who gave four or five stars.

Whoever said nothing is told beside it and counts neither way. A request that was merged counts
once, as the one it became part of; one that was withdrawn is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongzhi.base.matters.models import Matter, ShownElement
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors.said import LEFT_OUT, given_stars, last_words
from gongzhi.work.participation.shares import wilson

By = Literal["all", "unit", "category", "month"]
FEWEST = 20
"""Of fewer who said something, the public is told no share."""
STEP = 5
"""The public's counts go in such steps, and so do its percents."""
ANSWERED = ("answer", "plan")
"""Elements that tell a resident what became of it."""


@dataclass(frozen=True)
class Share:
    """``yes`` of the ``said``; ``silent`` were asked, too, and said nothing."""

    yes: int
    said: int
    silent: int = 0

    @property
    def asked(self) -> int:
        """All who could have said something."""
        return self.said + self.silent

    @property
    def part(self) -> float | None:
        """The share; None of nothing."""
        return self.yes / self.said if self.said else None

    @property
    def interval(self) -> tuple[float, float]:
        """Between what it lies with 95 % (Wilson)."""
        return wilson(self.yes, self.said)

    def for_public(self) -> PublicShare:
        """As everybody may see it."""
        few = self.said < FEWEST or self.part is None
        part = None if few else STEP * round(100 * self.yes / self.said / STEP)
        return PublicShare(part, self.said - self.said % STEP)


@dataclass(frozen=True)
class PublicShare:
    """``percent`` in steps of five, None of fewer than twenty; ``said`` in steps of five."""

    percent: int | None
    said: int


@dataclass(frozen=True)
class Result:
    """The three numbers of one group. ``key``: a unit's id, a category's code, ``2026-11``."""

    key: str
    opened: int
    closed: Share
    solved: Share
    satisfied: Share


@dataclass
class _Tally:
    opened: int = 0
    closed: int = 0
    asked: int = 0
    verdicts: Counter[bool] = field(default_factory=Counter)
    good: int = 0
    rated: int = 0
    receipts: int = 0

    def result(self, key: str) -> Result:
        said = self.verdicts.total()
        return Result(
            key,
            self.opened,
            Share(self.closed, self.opened),
            Share(self.verdicts[True], said, max(0, self.asked - said)),
            Share(self.good, self.rated, max(0, self.receipts - self.rated)),
        )


def results(
    requests: QuerySet[Matter], since: datetime, until: datetime, by: By = "all"
) -> list[Result]:
    """The three numbers of the requests opened in ``[since, until)``, in groups, by their keys.

    ``requests``: those that the reader may see, say `permissions.own_requests(account)`. Six
    queries, however many groups. Groups come in the order of their keys: it is no ranking.
    """
    found = requests.filter(opened_at__gte=since, opened_at__lt=until).exclude(step__in=LEFT_OUT)
    found, group = found.order_by(), _GROUPS[by]
    tallies: dict[str, _Tally] = {}
    of: dict[int, _Tally] = {}
    for key, unit, category, opened, ended in found.values_list(
        "pk", "owner_unit", "category", "opened_at", "closed_at"
    ):
        tally = of[key] = tallies.setdefault(group(unit, category, opened), _Tally())
        tally.opened += 1
        tally.closed += ended is not None
    _count_verdicts(of, found, since)
    _count_stars(of, found, since)
    return [tallies[key].result(key) for key in sorted(tallies)]


_GROUPS: dict[str, Callable[[int, str, datetime], str]] = {
    "all": lambda _unit, _category, _opened: "all",
    "unit": lambda unit, _category, _opened: str(unit),
    "category": lambda _unit, category, _opened: category,
    "month": lambda _unit, _category, opened: f"{timezone.localtime(opened):%Y-%m}",
}


def _count_verdicts(of: dict[int, _Tally], found: QuerySet[Matter], since: datetime) -> None:
    """Which were answered, and the last word that residents said of each."""
    told = ShownElement.objects.filter(code__in=ANSWERED, matter__in=found)
    answered = set(told.order_by().values_list("matter", flat=True))
    said = {one.matter: one.solved for one in last_words(since) if one.matter in of}
    for key in answered | said.keys():
        if key in of:
            of[key].asked += 1
    for key, solved in said.items():
        of[key].verdicts[solved] += 1


def _count_stars(of: dict[int, _Tally], found: QuerySet[Matter], since: datetime) -> None:
    for one in given_stars(since):
        if one.matter in of:
            of[one.matter].rated += 1
            of[one.matter].good += one.good
    about = Receipt.objects.annotate(about=Coalesce("matter__merged_into", "matter"))
    shown = ShownElement.objects.filter(code__in=ANSWERED, matter__in=found).values("matter")
    many = about.filter(about__in=shown).values("about").annotate(many=Count("pk")).order_by()
    for row in many:
        of[row["about"]].receipts += row["many"]
