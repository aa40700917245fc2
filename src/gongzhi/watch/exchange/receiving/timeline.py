"""A source's last two weeks, drawn small: on which days how much came, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from gongzhi.base.log.actions import now
from gongzhi.watch.exchange.receiving.models import Batch

DAYS, WIDE, HIGH = 14, 20, 28


@dataclass(frozen=True)
class Bar:
    """One day: where it stands, how high it is, which part of it is not good, in the picture."""

    x: int
    high: float
    bad: float
    held: bool

    @property
    def y(self) -> float:
        """Its upper end."""
        return round(HIGH - self.high, 1)


@dataclass(frozen=True)
class Weeks:
    """The picture, and the same in words."""

    bars: tuple[Bar, ...]
    said: str
    width: int = DAYS * WIDE
    height: int = HIGH


def weeks_of(codes: Iterable[str]) -> dict[str, Weeks]:
    """Of each source. One query."""
    wanted = list(codes)
    found = Batch.objects.filter(
        connector__in=wanted, began_at__gte=now() - timedelta(days=DAYS), backfill=False
    )
    days: dict[str, dict[date, list[Batch]]] = defaultdict(lambda: defaultdict(list))
    for batch in found.only("connector", "began_at", "read", "quarantined", "state"):
        days[batch.connector][timezone.localtime(batch.began_at).date()].append(batch)
    return {code: _drawn(days[code]) for code in wanted}


def _drawn(days: Mapping[date, list[Batch]]) -> Weeks:
    today = timezone.localtime(now()).date()
    first = today - timedelta(days=DAYS - 1)
    most = max((sum(one.read for one in some) for some in days.values()), default=0) or 1
    bars = [
        _bar(n * WIDE, some, most)
        for n in range(DAYS)
        if (some := days.get(first + timedelta(days=n), []))
    ]
    said = ngettext("%(days)s 天里有 %(n)s 天来过", "%(days)s 天里有 %(n)s 天来过", len(bars))
    return Weeks(tuple(bars), said % {"n": len(bars), "days": DAYS})


def _bar(x: int, batches: list[Batch], most: int) -> Bar:
    """As high as its rows beside those of the source's fullest day; what is held shows at least."""
    read = sum(one.read for one in batches)
    bad = sum(one.quarantined for one in batches)
    held = any(one.state == Batch.State.HELD for one in batches)
    high = max(10.0 if held else 3.0, HIGH * read / most)
    return Bar(x, round(high, 1), max(2.0, high * bad / read) if bad else 0.0, held)
