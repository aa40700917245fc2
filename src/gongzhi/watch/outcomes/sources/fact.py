"""One thing that happened, as measures see it: when, which unit, which town, of which kind."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from gongzhi.base.matters.models import Handover

DAY_BEGINS, NIGHT_BEGINS = 8, 20
CHUNK = 800
"""Keys asked for at once: SQLite takes no more than some thousand parameters."""


@dataclass(frozen=True)
class Fact:
    """``hit`` of ``of`` is so (1 of 1, mostly), or it is worth a ``value``."""

    at: datetime
    unit: int | None
    town: str
    facts: Mapping[str, str] = field(default_factory=dict)
    hit: float = 1.0
    of: float = 1.0
    value: float | None = None


def shift_of(at: datetime) -> str:
    """``day`` from eight to eight by the county's time, or ``night``."""
    hour = timezone.localtime(at, timezone.get_default_timezone()).hour
    return "day" if DAY_BEGINS <= hour < NIGHT_BEGINS else "night"


def chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    """The keys in parts that a query takes."""
    every = sorted(set(keys))
    return (every[at : at + CHUNK] for at in range(0, len(every), CHUNK))


class Owners:
    """Which unit had a matter at a moment: whoever gave it away next, or who has it now."""

    def __init__(self, matters: Iterable[int], since: datetime) -> None:
        self._given: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
        for some in chunks(matters):
            rows = Handover.objects.filter(matter_id__in=some, at__gt=since).order_by("at", "pk")
            for matter, at, giver in rows.values_list("matter_id", "at", "giver_id"):
                self._given[matter].append((at, giver))

    def at(self, matter: int, moment: datetime, today: int) -> int:
        """The unit's key; `today` is who has it now."""
        given = self._given.get(matter, [])
        nth = bisect_right([at for at, _giver in given], moment)
        return given[nth][1] if nth < len(given) else today
