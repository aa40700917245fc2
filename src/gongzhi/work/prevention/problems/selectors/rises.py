"""Open rises with what they rest on, and what became of earlier ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongzhi.work.prevention.problems.counting import by_day
from gongzhi.work.prevention.problems.drawing import Bar, bars_of
from gongzhi.work.prevention.problems.looking import allowed_chance, harms
from gongzhi.work.prevention.problems.models import Look, Rise
from gongzhi.work.prevention.problems.shapes import called, numbers
from gongzhi.work.prevention.problems.states import RiseState

SHOWN_DAYS = 56
MOST = 12
"""Open rises on one page; there are hardly ever two."""


@dataclass(frozen=True)
class ShownRise:
    """A rise as the page tells it. ``sentence``: the whole of it, as one would say it."""

    rise: Rise
    place: str
    sentence: str
    often: str
    bars: list[Bar]
    said: str
    """The bars in words."""

    @property
    def first(self) -> date:
        """Its first day."""
        return self.rise.first_day

    @property
    def last(self) -> date:
        """Its last day."""
        return self.rise.last_day

    @property
    def title(self) -> str:
        """What a problem made of it might be called."""
        return _("%(place)s：%(what)s") % {
            "place": self.place, "what": self.rise.title_of_category,
        }  # fmt: skip


@dataclass(frozen=True)
class Record:
    """How many rises were shown, and what people said of them; and how the looking goes on."""

    shown: int
    confirmed: int
    dismissed: int
    over: int
    last: date | None
    categories: int
    allowed: float


def record_of_rises() -> Record:
    """Of all rises there ever were. Two queries."""
    states = Counter(Rise.objects.values_list("state", flat=True))
    look = Look.objects.order_by("-day").first()
    many = len(harms())
    return Record(
        sum(states.values()), states[RiseState.CONFIRMED], states[RiseState.DISMISSED],
        states[RiseState.OVER], look.day if look else None, many, allowed_chance(many),
    )  # fmt: skip


def open_rises() -> list[ShownRise]:
    """Those that nobody has judged yet, the least likely first."""
    found = list(Rise.objects.filter(state=RiseState.OPEN).order_by("chance", "pk")[:MOST])
    places = called([one.cells[0] for one in found])
    return [shown(rise, place) for rise, place in zip(found, places, strict=True)]


def shown(rise: Rise, place: str) -> ShownRise:
    """One rise with its last eight weeks, day by day."""
    since = rise.last_day - timedelta(days=SHOWN_DAYS - 1)
    counts = by_day(rise.about, numbers(rise.cells), since, rise.last_day)
    marked = range(SHOWN_DAYS - rise.days, SHOWN_DAYS)
    before = sum(counts) - sum(counts[one] for one in marked)
    said = _("前 %(before)s 天 %(many)s 起，这 %(days)s 天 %(seen)s 起") % {
        "before": SHOWN_DAYS - rise.days, "many": before, "days": rise.days, "seen": rise.seen,
    }  # fmt: skip
    drawn = bars_of(counts, set(marked))
    return ShownRise(rise, place, sentence_of(rise, place), often(rise.years), drawn, said)


def sentence_of(rise: Rise, place: str) -> str:
    """``海港社区一带，近 12 天电动车被盗 9 起，平常约 2 起。``"""
    what = {
        "place": place, "days": rise.days, "what": rise.title_of_category, "seen": rise.seen,
        "usual": max(1, round(rise.expected)),
    }  # fmt: skip
    if rise.state != RiseState.OPEN:
        return _past(what | {"first": _day(rise.first_day), "last": _day(rise.last_day)})
    if rise.expected < 0.75:
        return _("%(place)s一带，近 %(days)s 天%(what)s %(seen)s 起，平常不到 1 起。") % what
    return _("%(place)s一带，近 %(days)s 天%(what)s %(seen)s 起，平常约 %(usual)s 起。") % what


def _past(what: dict[str, object]) -> str:
    """The same of one that was judged: when it was, for it may be long ago."""
    said = _(
        "%(first)s至%(last)s，%(place)s一带%(what)s %(seen)s 起；"
        "按平常，这 %(days)s 天约 %(usual)s 起。"
    )
    return said % what


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def often(years: float) -> str:
    """How seldom chance alone would show one like this."""
    if years >= 100:
        return _("光凭巧合，百年也难有一回。")
    if years >= 2:
        return _("光凭巧合，大约 %(years)s 年才有一回。") % {"years": round(years)}
    return _("光凭巧合，一年里也可能有一回：请先到现场看看。")
