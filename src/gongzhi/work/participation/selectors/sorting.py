"""How sorting goes: suggestions against what people decided, and who sends on what. By unit and
category, never by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Q

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actions import now
from gongzhi.base.matters.models import Handover
from gongzhi.base.people.models import Unit
from gongzhi.work.participation.models import JudgedSuggestion

DAYS = 90
BANDS = ((50, 70), (70, 90), (90, 100))
"""Percent, within which what was said is held against what was right."""
MOST = 10


@dataclass(frozen=True)
class Right:
    """``many`` suggestions, ``right`` of them what people decided, too."""

    words: str
    many: int
    right: int

    @property
    def percent(self) -> int:
        """Of the suggestions, how many were right."""
        return round(100 * self.right / self.many) if self.many else 0


@dataclass(frozen=True)
class SentOn:
    """What a unit did with requests that came to it: numbers of requests."""

    unit: Unit
    sent: int
    returned: int
    undecided: int


def how_right() -> dict[str, list[Right]]:
    """All of the last ninety days; by how sure they were; by the category that was suggested, those
    first that are wrong most often. Three queries."""
    rows = JudgedSuggestion.objects.filter(at__gt=now() - timedelta(days=DAYS))
    true = Count("pk", filter=Q(suggested=F("chosen")))
    bands = {f"{kind}_{low}": Count("pk", filter=_within(low, high, kind == "right"))
             for low, high in BANDS for kind in ("many", "right")}  # fmt: skip
    told = rows.aggregate(many=Count("pk"), right=true, **bands)
    kinds = catalogue().categories
    by_kind = [
        Right(str(kinds[code].name) if code in kinds else code, many, right)
        for code, many, right in rows.values_list("suggested").annotate(
            many=Count("pk"), right=true
        )
    ]
    return {
        "all": [Right("", told["many"], told["right"])],
        "sure": [Right(f"{low}–{high}", told[f"many_{low}"], told[f"right_{low}"])
                 for low, high in BANDS],
        "kinds": sorted(by_kind, key=lambda one: (one.right - one.many, one.words))[:MOST],
    }  # fmt: skip


def bounces_by_unit() -> list[SentOn]:
    """Of the last ninety days: how many requests each unit sent on, how many of them had come back
    to it before, and how many of its went to whoever decides. One query."""
    rows = Handover.objects.filter(
        at__gt=now() - timedelta(days=DAYS), matter__procedure="resident_request",
        matter__county=None,
    )  # fmt: skip
    counted = rows.values_list("giver").annotate(
        sent=Count("pk"),
        returned=Count("pk", filter=Q(matter__bounces__gt=0)),
        undecided=Count("pk", filter=Q(reason="undecided")),
    )
    units = Unit.objects.in_bulk([row[0] for row in counted])
    told = [SentOn(units[key], *numbers) for key, *numbers in counted]
    return sorted(told, key=lambda one: str(one.unit))


def learned() -> datetime | None:
    """When suggestions were last learned."""
    try:
        return datetime.fromtimestamp(settings.HOME.routing.stat().st_mtime, UTC)
    except OSError:
        return None


def _within(low: int, high: int, right: bool) -> Q:
    within = Q(percent__gte=low, percent__lt=high)
    return within & Q(suggested=F("chosen")) if right else within
