"""A series as pages show it: its members, and in words why they look linked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.terms import shared_words
from gongzhi.base.places.coordinates import metres_between
from gongzhi.base.places.models import Area
from gongzhi.work.prevention.linking.models import Member, Series

SURE, LIKELY = 4.5, 2.5
"""Bits above what is needed."""
LEAST_SAID = 0.5
"""Bits from which on a part is given as a reason."""
WIDEST_HOURS = 7
"""Hours of the day within which one can speak of a time of day."""


@dataclass(frozen=True)
class Reason:
    """Why: what was compared, in words, and how much it says, 1 to 3."""

    code: str
    words: str
    strength: int


@dataclass(frozen=True)
class Shown:
    """A series with its members in the order of time."""

    series: Series
    matters: Sequence[Matter]
    fresh: frozenset[int]
    town: str

    @property
    def likely(self) -> str:
        """How alike, in words."""
        if self.series.weight >= SURE:
            return _("非常像")
        return _("比较像") if self.series.weight >= LIKELY else _("有些像")

    @property
    def tone(self) -> str:
        """Of the badge."""
        return "warn" if self.series.weight >= SURE else "note"

    @property
    def days(self) -> int:
        """From the first to the last, begun ones counted."""
        return (_day(self.series.last_at) - _day(self.series.first_at)).days + 1

    @property
    def reasons(self) -> list[Reason]:
        """What speaks for it, the strongest first."""
        said = {
            "kind": self._kind, "distance": self._distance, "time": self._time,
            "hour": self._hour, "answers": self._answers, "terms": self._terms,
        }  # fmt: skip
        strong = sorted(self.series.parts.items(), key=lambda one: -float(one[1]))
        told = [(code, said[code](), bits) for code, bits in strong if bits >= LEAST_SAID]
        return [
            Reason(code, words, min(3, 1 + int(bits // 2.5))) for code, words, bits in told if words
        ]

    def _kind(self) -> str:
        if len({one.category for one in self.matters}) == 1:
            return _("都是“%(kind)s”") % {"kind": self.series.title}
        item = self.series.category_item
        return _("都属“%(group)s”") % {"group": item.group} if item else ""

    def _distance(self) -> str:
        points = [one.point for one in self.matters if one.point]
        if len(points) < 2:
            return ""
        far = max(metres_between(a, b) for i, a in enumerate(points) for b in points[:i])
        if far < 1_000:
            return _("相距不超过 %(metres)s 米") % {"metres": max(50, round(far / 50) * 50)}
        return _("相距不超过 %(km)s 公里") % {"km": f"{far / 1_000:.1f}"}

    def _time(self) -> str:
        if self.series.topic:
            words = ngettext("%(days)s 天里 %(n)s 件", "%(days)s 天里 %(n)s 件", self.days)
        else:
            words = ngettext("%(days)s 天里 %(n)s 起", "%(days)s 天里 %(n)s 起", self.days)
        return words % {"days": self.days, "n": len(self.matters)}

    def _hour(self) -> str:
        found = arc([_hour_of(one.opened_at) for one in self.matters])
        if found is None:
            return ""
        return _("都在 %(first)s 点到 %(last)s 点之间") % {"first": found[0], "last": found[1]}

    def _answers(self) -> str:
        item = self.series.category_item
        if item is None:
            return ""
        common = set.intersection(*({(q, str(a)) for q, a in one.answers.items()}
                                    for one in self.matters))  # fmt: skip
        said = []
        for code, answer in sorted(common):
            question = item.question(code)
            chosen = question.answer(answer) if question else None
            if question and chosen:
                said.append(f"{question.ask} {chosen}")
        return " · ".join(said)

    def _terms(self) -> str:
        told = [one.narrative.words for one in self.matters if hasattr(one, "narrative")]
        common = shared_words(told)
        return _("都提到：%(words)s") % {"words": "、".join(common)} if common else ""


def arc(hours: Iterable[float]) -> tuple[int, int] | None:
    """The shortest stretch of the clock that holds them all, as full hours; None when it is no
    time of day any more. ``(23, 2)`` goes over midnight."""
    around = sorted(hours)
    gaps = [(b - a) % 24 for a, b in zip(around, [*around[1:], around[0] + 24], strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    first, last = around[(widest + 1) % len(around)], around[widest]
    if (last - first) % 24 > WIDEST_HOURS:
        return None
    return int(first), int(last) + 1 if int(last) < 24 else 24


def shown(found: Sequence[Series]) -> list[Shown]:
    """With members, in three queries for however many."""
    rows = Member.objects.within().filter(
        series__in=[one.pk for one in found], matter__merged_into=None
    )
    members: dict[int, list[Member]] = {}
    ordered = rows.order_by("matter__opened_at", "matter_id")
    for row in ordered.select_related("matter__narrative", "matter__owner_unit"):
        members.setdefault(row.series_id, []).append(row)
    towns = _towns({one.town for one in found if one.town})
    return [
        Shown(
            one, [row.matter for row in members.get(one.pk, [])],
            frozenset(row.matter_id for row in members.get(one.pk, []) if row.fresh),
            towns.get(one.town, ""),
        )
        for one in found
    ]  # fmt: skip


def _towns(codes: set[str]) -> dict[str, str]:
    areas = Area.objects.filter(kind=Area.Kind.TOWN, valid_to=None, code__in=codes)
    return {area.code: str(area) for area in areas}


def _day(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _hour_of(at: datetime) -> float:
    local = timezone.localtime(at)
    return timedelta(hours=local.hour, minutes=local.minute).total_seconds() / 3_600
