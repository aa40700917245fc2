"""Of whom a sample is drawn: residents' requests that came to their end in a stretch of days."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.matters.models import Matter
from gongzhi.watch.outcomes.counting import begin_of
from gongzhi.work.participation.models import Receipt

ENDED = ("closed", "lapsed")
KEYS = ("kind", "channel", "town")
"""By what answers are weighted."""
ELSEWHERE = "-"


@dataclass(frozen=True)
class Case:
    """One that can be drawn: the matter, and by what its answer is weighted."""

    matter: int
    kind: str
    channel: str
    town: str
    unit: int = 0
    """Which unit has it; its answers are weighted by nothing of it."""

    @property
    def key(self) -> tuple[str, str, str]:
        """As `KEYS`."""
        return self.kind, self.channel, self.town


def frame_of(since: date, until: date) -> list[Case]:
    """Every request that ended from `since` up to the day before `until` and that somebody
    reported who holds a code, in the order of their keys. Two queries."""
    rows = Matter.objects.filter(
        procedure="resident_request", county=None, merged_into=None, step__in=ENDED,
        closed_at__gte=begin_of(since), closed_at__lt=begin_of(until),
        pk__in=Receipt.objects.filter(message=None).values("matter_id"),
    ).order_by("pk")  # fmt: skip
    return [
        Case(key, kind_of(category), channel, town or ELSEWHERE, unit)
        for key, category, channel, town, unit in rows.values_list(
            "pk", "category", "channel", "town", "owner_unit"
        )
    ]


def kind_of(category: str) -> str:
    """The group of a category, by its English name."""
    item = catalogue().categories.get(category)
    return item.group.en if item else ELSEWHERE


def drawn_of(frame: Sequence[Case], size: int, seed: int) -> list[Case]:
    """So many of them, each with the same chance; the same seed draws the same again."""
    return random.Random(seed).sample(list(frame), min(size, len(frame)))  # noqa: S311  (to be repeated)


def margins_of(cases: Iterable[Case]) -> list[Mapping[str, int]]:
    """How many there are, by each of `KEYS`."""
    every = list(cases)
    return [dict(sorted(Counter(one.key[part] for one in every).items())) for part in range(3)]
