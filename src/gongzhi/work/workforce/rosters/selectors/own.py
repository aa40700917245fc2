"""What somebody sees of their own: shifts, exchanges, hours of the year, and whether nights,
weekends and holidays are shared out evenly. Reckoned as they open the page, for nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from gongzhi.base.catalogue.kinds.roster_shift import RosterShift
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.people.models import Account
from gongzhi.work.workforce.officers.days import today
from gongzhi.work.workforce.officers.selectors.away import excused
from gongzhi.work.workforce.officers.selectors.people import posts_of
from gongzhi.work.workforce.rosters.models import Duty, Offer, Repair, Wish
from gongzhi.work.workforce.rosters.selectors.asked import HOURS, works
from gongzhi.work.workforce.rosters.selectors.found import published, without_leave
from gongzhi.work.workforce.rosters.states import OfferState, State

AHEAD = timedelta(days=62)
FEWEST = 5
"""Of fewer people a mean would tell what the others have."""
WIDTH = 300
"""Of a bar, in the units of its view box."""
BURDENS = ("nights", "weekends", "holidays")


@dataclass(frozen=True)
class Shown:
    """A shift with its kind."""

    duty: Duty
    shift: RosterShift
    offered: bool
    first: bool
    """Whether it begins another month of the list."""


@dataclass(frozen=True)
class Month:
    """Hours of the shifts of a month, and of its working days less leave."""

    first: date
    hours: float
    normal: float
    over: bool
    """Whether the month is over."""

    @property
    def more(self) -> float:
        """Hours above (below 0: under) the normal ones."""
        return round(self.hours - self.normal, 1)


@dataclass(frozen=True)
class Burden:
    """How many somebody has this year, and how many the colleagues of the unit on the mean; None
    where that are too few people."""

    code: str
    own: int
    mean: float | None

    @property
    def many(self) -> bool:
        """Whether it is more than a fifth above the mean, and by more than two."""
        return self.mean is not None and self.own > max(self.mean * 1.2, self.mean + 2)

    @property
    def width(self) -> float:
        """Where its bar ends."""
        return WIDTH

    @property
    def drawn_own(self) -> float:
        """How long the bar of one's own is."""
        return self._drawn(self.own)

    @property
    def drawn_mean(self) -> float:
        """Where the mean stands."""
        return self._drawn(self.mean or 0)

    def _drawn(self, many: float) -> float:
        return round(WIDTH * many / (1.15 * max(self.own, self.mean or 0, 1)), 1)


@dataclass(frozen=True)
class Mine:
    """Somebody's own."""

    duties: list[Shown]
    months: list[Month]
    burdens: list[Burden]
    wishes: list[Wish]
    offers: list[Offer]
    asked: list[Offer]
    market: list[Offer]
    unexcused: list[Repair]
    """Days on which they couldn't come and haven't asked for leave yet."""

    @property
    def heavy(self) -> bool:
        """Whether the nights are clearly more than the mean."""
        return any(one.many for one in self.burdens if one.code == "nights")

    @property
    def due(self) -> float:
        """Hours of rest that are due (below 0: owed) from the months that are over."""
        return round(sum(one.more for one in self.months if one.over), 1)

    @property
    def coming(self) -> float:
        """The same of this month and later ones, as they are planned."""
        return round(sum(one.more for one in self.months if not one.over), 1)


def mine_of(account: Account) -> Mine:
    """Of this year up to what is published. A fixed number of queries."""
    day, shifts = today(), catalogue().roster_shifts
    year = [one for one in published(account, day.replace(month=1, day=1)) if one.shift in shifts]
    coming = [one for one in year if day <= one.day <= day + AHEAD]
    own, asked, market = _offers(account, {one.roster.unit_id for one in coming})
    return Mine(
        _shown(coming, {one.duty_id for one in own}), _months(account, year),
        _burdens(account, year),
        list(Wish.objects.filter(account=account, day__gte=day).order_by("day")),
        own, asked, market, without_leave(account),
    )  # fmt: skip


def _shown(duties: Sequence[Duty], offered: set[int]) -> list[Shown]:
    months = [one.day.replace(day=1) for one in duties]
    return [
        Shown(
            one, catalogue().roster_shifts[one.shift], one.pk in offered,
            nth == 0 or months[nth] != months[nth - 1],
        )
        for nth, one in enumerate(duties)
    ]  # fmt: skip


def _offers(account: Account, units: set[int]) -> tuple[list[Offer], list[Offer], list[Offer]]:
    """One's own, those one is asked for, and those whoever can may take."""
    rows = Offer.objects.filter(
        state__in=[OfferState.OPEN, OfferState.TAKEN], duty__day__gte=today()
    ).select_related("duty__roster", "duty__account", "wanted", "giver", "taker")
    own = rows.filter(Q(giver=account) | Q(taker=account)).order_by("duty__day")
    others = rows.filter(state=OfferState.OPEN, duty__roster__unit__in=units)
    told = list(others.exclude(giver=account).order_by("duty__day")[:40])
    return (
        list(own),
        [one for one in told if one.wanted is not None and one.wanted.account_id == account.pk],
        [one for one in told if one.wanted is None],
    )


def _months(account: Account, duties: Sequence[Duty]) -> list[Month]:
    """Each month that has a shift. Leave owes nothing, save time off in lieu: it was due."""
    if not duties:
        return []
    shifts, minutes = catalogue().roster_shifts, Counter[date]()
    for one in duties:
        minutes[one.day.replace(day=1)] += shifts[one.shift].minutes
    first, last = min(minutes), _end(max(minutes))
    free = excused(account, first, last)
    share = min(100, sum(one.share for one in posts_of(account, today()))) / 100 or 1
    return [
        Month(
            month, round(many / 60, 1),
            round(share * HOURS * sum(works(d) and d not in free for d in _days(month)), 1),
            _end(month) < today(),
        )
        for month, many in sorted(minutes.items())
    ]  # fmt: skip


def _days(month: date) -> list[date]:
    return [month + timedelta(days=n) for n in range((_end(month) - month).days + 1)]


def _end(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _burdens(account: Account, duties: Sequence[Duty]) -> list[Burden]:
    """One's own, and the mean of those who have shifts at the same unit this year."""
    if not duties:
        return []
    unit = duties[-1].roster.unit_id
    rows = Duty.objects.filter(
        roster__unit=unit, roster__state=State.PUBLISHED, day__year=today().year
    ).exclude(shift="")
    found: dict[int, Counter[str]] = {}
    for who, day, shift in rows.values_list("account_id", "day", "shift"):
        found.setdefault(who, Counter()).update(_counts(day, shift))
    own = Counter[str]()
    for one in duties:
        own.update(_counts(one.day, one.shift))
    many = len(found)
    return [
        Burden(
            code, own[code],
            round(sum(one[code] for one in found.values()) / many, 1) if many >= FEWEST else None,
        )
        for code in BURDENS
    ]  # fmt: skip


def _counts(day: date, shift: str) -> dict[str, int]:
    known, weekend = catalogue().roster_shifts.get(shift), day.weekday() >= 5
    return {
        "nights": bool(known and known.night),
        "weekends": weekend,
        "holidays": not weekend and not works(day),
    }
