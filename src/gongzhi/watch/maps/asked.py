"""What is asked of the three maps: which matters, where, when. An address says all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlencode

from django.utils.text import slugify
from django.utils.translation import get_language

from gongzhi.analysis.disclosure.marks import WEEK
from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.kinds.forecast import forbidden
from gongzhi.base.catalogue.load import catalogue

KINDS = ("incident", "request")
SIZES = (8, 7)
"""Resolutions of cells: 0.7 and 5 km²."""
USUAL = 28
"""Days that are shown when nothing else is asked: each weekday four times."""
LONGEST = 3660
Against = Literal["", "before", "year"]
EPOCH = date(1970, 1, 1)
PARAMETERS = ("from", "to", "kind", "category", "town", "hours", "size", "against")


@dataclass(frozen=True)
class Asked:
    """``since`` and ``until`` are the first and the last day; no ``hours``: all of the week."""

    since: date
    until: date
    kind: str = "incident"
    category: str = ""
    group: str = ""
    town: str = ""
    hours: frozenset[int] = frozenset()
    size: int = SIZES[0]
    against: Against = ""

    @property
    def categories(self) -> list[str]:
        """Codes of the categories that are meant; none for all."""
        if self.category:
            return [self.category]
        return [one.code for one in of_kind(self.kind) if self.group == group_of(one)]

    @property
    def days(self) -> int:
        """How many days it is about."""
        return (self.until - self.since).days + 1

    @property
    def numbers(self) -> tuple[int, int]:
        """The first and the last day, counted from 1970-01-01."""
        return (self.since - EPOCH).days, (self.until - EPOCH).days

    @property
    def other(self) -> tuple[date, date]:
        """The days that it is compared with: as many, right before or a year (52 weeks) ago."""
        back = timedelta(days=364 if self.against == "year" else self.days)
        return self.since - back, self.until - back

    @property
    def told(self) -> dict[str, str]:
        """Every parameter of an address that asks this."""
        values = (
            self.since.isoformat(), self.until.isoformat(), self.kind,
            self.category or (f"group:{self.group}" if self.group else ""),
            self.town, as_text(self.hours), str(self.size), self.against,
        )  # fmt: skip
        return dict(zip(PARAMETERS, values, strict=True))

    @property
    def query(self) -> str:
        """What an address says of it, without what is so anyway."""
        usual = {"size": str(SIZES[0])}
        return urlencode({key: one for key, one in self.told.items() if one != usual.get(key, "")})


def asked_in(query: Mapping[str, str], latest: date, towns: Mapping[str, str]) -> Asked:
    """What an address asks; whatever it says that there isn't is left out. `latest`: the last day
    of which anything may be told."""
    until = min(_day(query.get("to")) or latest, latest)
    since = min(_day(query.get("from")) or until - timedelta(days=USUAL - 1), until)
    since = max(since, until - timedelta(days=LONGEST - 1))
    kind = query.get("kind", "")
    kind = kind if kind in KINDS else KINDS[0]
    chosen, town = query.get("category", ""), query.get("town", "")
    known = of_kind(kind)
    group = chosen.removeprefix("group:") if chosen.startswith("group:") else ""
    against = query.get("against", "")
    return Asked(
        since, until, kind,
        category=chosen if any(one.code == chosen for one in known) else "",
        group=group if any(group_of(one) == group for one in known) else "",
        town=town if town in towns else "",
        hours=hours_in(query.get("hours", "")),
        size=next((size for size in SIZES if str(size) == query.get("size")), SIZES[0]),
        against="year" if against == "year" else "before" if against == "before" else "",
    )  # fmt: skip


def of_kind(kind: str) -> list[Category]:
    """The categories of a kind of matter that are counted, in their order."""
    found = (one for one in catalogue().categories.values() if kind in one.kinds)
    return sorted((one for one in found if not forbidden(one)), key=lambda one: one.order)


def left_out() -> list[str]:
    """Codes of the categories that are never counted: what may never be foreseen, isn't put on a
    map that patrols are planned by, either."""
    return sorted(one.code for one in catalogue().categories.values() if forbidden(one))


def group_of(category: Category) -> str:
    """The code of the heading that a category stands under."""
    return slugify(category.group.en).replace("-", "_")


def said(words: object) -> str:
    """Words of the catalogue in the reader's language."""
    return str(getattr(words, "en" if (get_language() or "").startswith("en") else "zh"))


def as_text(hours: frozenset[int]) -> str:
    """Hours of the week as hexadecimal digits, a bit each; nothing for none."""
    return f"{sum(1 << one for one in hours):x}" if hours else ""


def hours_in(text: str) -> frozenset[int]:
    """The hours of such a text; all of the week is the same as none."""
    try:
        bits = int(text, 16) if text and len(text) <= WEEK // 4 else 0
    except ValueError:
        bits = 0
    hours = frozenset(one for one in range(WEEK) if bits >> one & 1)
    return frozenset() if len(hours) == WEEK else hours


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 1970 <= day.year <= 2200 else None
