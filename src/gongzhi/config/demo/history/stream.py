"""The stream of happenings: ninety days of them for a new demo county, and one more on request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.geography.names import words
from gongzhi.config.demo.history.courses import Fleet, Handling, Response, respond, see_through
from gongzhi.config.demo.history.markets import ABOUT, market_thefts
from gongzhi.config.demo.history.rhythm import HOURS, ZONE, Tendency
from gongzhi.config.demo.history.spots import Spot, Spots
from gongzhi.config.demo.history.telling import answer, reporter, tell
from gongzhi.config.demo.organisation import DEPARTMENTS, crews

A_DAY = {"call": 55.0, "request": 34.0}
"""Calls and requests on an ordinary day."""
CHANNELS = {
    "call": (("phone", 0.9), ("video", 0.02), ("text", 0.04), ("counter", 0.04)),
    "request": (("web", 0.62), ("hotline", 0.26), ("counter", 0.07), ("grid", 0.05)),
}


@dataclass(frozen=True)
class Happening:
    """One call or request. ``joins`` is the number of the happening it is about, if another's."""

    number: int
    kind: str
    at: datetime
    category: str
    answers: Mapping[str, str]
    priority: int
    words: str
    spot: Spot
    channel: str
    reporter: str
    phone: str
    joins: int | None = None
    course: Response | Handling | None = None


@dataclass(frozen=True)
class Draft:
    """When, what and where, before anyone has put it into words."""

    at: datetime
    kind: str
    category: str
    spot: Spot
    joins: int | None = None
    """Index of the draft it is about."""


class Life:
    """Draws happenings for one county; the same seed and days give the same life."""

    def __init__(self, county: County, categories: Mapping[str, Category], seed: int) -> None:
        self.seed, self.categories, self.spots = seed, categories, Spots(county)
        self.fleet = Fleet(crews(county))
        self.islands = {v.code: v.properties["island"] for v in county.villages}
        self.tendencies = {
            kind: [Tendency(code, **known) for code, known in words("tendencies")[name].items()]
            for kind, name in (("call", "calls"), ("request", "requests"))
        }

    def history(self, until: datetime, days: int) -> list[Happening]:
        """Everything of the ``days`` before ``until``, in order, with how it went on."""
        rng = np.random.default_rng([self.seed, 8])
        last = until.astimezone(ZONE).date()
        drafts: list[Draft] = []
        for back in range(days, -1, -1):
            for kind in ("call", "request"):
                drafts += self._a_day(rng, kind, last - timedelta(days=back), len(drafts))
        drafts += self._just_now(rng, until)
        drafts += _series(rng, self.spots, until, days, len(drafts))
        thefts = market_thefts(self.spots, self.seed, last, days)
        drafts += [Draft(at.astimezone(UTC), "call", ABOUT, spot) for at, spot in thefts]
        since = until - timedelta(days=days)
        order = sorted(
            (i for i, draft in enumerate(drafts) if since <= draft.at < until),
            key=lambda i: (drafts[i].at, i),
        )
        number = {i: n for n, i in enumerate(order, 1)}
        return [self._told(rng, number[i], drafts[i], number) for i in order]

    def another(self, rng: np.random.Generator, at: datetime, number: int) -> Happening:
        """One more happening, of the kind and at a place that suit the hour."""
        kind = "call" if rng.random() < A_DAY["call"] / sum(A_DAY.values()) else "request"
        local = at.astimezone(ZONE)
        weight = np.array(
            [
                t.share * t.on(local.date(), self.seed) * HOURS[t.hours][local.hour]
                for t in self.tendencies[kind]
            ]
        )
        chosen = self.tendencies[kind][int(rng.choice(len(weight), p=weight / weight.sum()))]
        spot = self.spots.draw(rng, chosen.places)
        return self._told(rng, number, Draft(at, kind, chosen.category, spot), {})

    def _just_now(self, rng: np.random.Generator, until: datetime) -> list[Draft]:
        """A handful of calls in the last forty minutes, so that whoever opens the console sees
        work in every state."""
        often = [t for t in self.tendencies["call"] if t.share > 100]
        chosen = rng.choice(len(often), size=9, replace=False)
        return [
            Draft(until - timedelta(minutes=2 + 4.2 * i), "call", often[int(which)].category,
                  self.spots.draw(rng, often[int(which)].places))
            for i, which in enumerate(chosen)
        ]  # fmt: skip

    def _a_day(self, rng: np.random.Generator, kind: str, day: date, already: int) -> list[Draft]:
        """One day's drafts of one kind, with what follows from them: echoes and further callers."""
        tendencies = self.tendencies[kind]
        extra = sum(t.share * (1 + t.repeat + t.also) for t in tendencies)
        drafts: list[Draft] = []
        for tendency in tendencies:
            rate = A_DAY[kind] * tendency.share / extra * tendency.on(day, self.seed)
            for _ in range(int(rng.poisson(rate))):
                at = _moment(rng, day, tendency.hours)
                spot = self.spots.draw(rng, tendency.places)
                drafts.append(Draft(at, kind, tendency.category, spot))
                drafts += _further(rng, drafts[-1], tendency, already + len(drafts) - 1)
        return drafts

    def _told(
        self, rng: np.random.Generator, number: int, draft: Draft, numbers: Mapping[int, int]
    ) -> Happening:
        category = self.categories[draft.category]
        answers = answer(rng, category)
        priority = category.priority_for(answers)
        name, phone = reporter(rng)
        options = [channel for channel, _ in CHANNELS[draft.kind]]
        weight = [share for _, share in CHANNELS[draft.kind]]
        told = Happening(
            number, draft.kind, draft.at, draft.category, answers, priority,
            tell(rng, draft.kind, draft.category, draft.spot), draft.spot,
            str(rng.choice(options, p=weight)), name, phone,
            joins=None if draft.joins is None else numbers.get(draft.joins),
        )  # fmt: skip
        if told.joins is not None:
            return told
        return replace(told, course=self._course(rng, told, category))

    def _course(
        self, rng: np.random.Generator, told: Happening, category: Category
    ) -> Response | Handling:
        if told.kind == "call":
            island = self.islands[told.spot.settlement]
            return respond(rng, self.fleet, category, told.priority, told.spot, island, told.at)
        others = [code for code, *_ in DEPARTMENTS if code != category.department]
        return see_through(rng, category, told.priority, told.at, others)


def _moment(rng: np.random.Generator, day: date, hours: str) -> datetime:
    hour = int(rng.choice(24, p=HOURS[hours]))
    local = datetime.combine(day, time(hour), ZONE)
    return (local + timedelta(seconds=float(rng.uniform(0, 3600)))).astimezone(UTC)


def _further(rng: np.random.Generator, first: Draft, tendency: Tendency, index: int) -> list[Draft]:
    """Other people about the same thing within minutes (calls) or days (requests), and the same
    thing again close by: what happened once is likelier there for a week or two."""
    found = []
    for _ in range(int(rng.poisson(tendency.also))):
        minutes = rng.exponential(3.0 if first.kind == "call" else 1500.0)
        at = first.at + timedelta(minutes=float(minutes) + 0.3)
        found.append(replace(first, at=at, spot=first.spot.near(rng, 45), joins=index))
    if rng.random() < tendency.repeat:
        days = 1 + int(rng.exponential(4.0))
        at = first.at + timedelta(days=days, minutes=float(rng.normal(0, 60)))
        found.append(replace(first, at=at, spot=first.spot.near(rng, 130), joins=None))
    return found


def _series(
    rng: np.random.Generator, spots: Spots, until: datetime, days: int, already: int
) -> list[Draft]:
    """Two stories for whoever looks closely: scooters that vanish before dawn, in one neighbourhood
    over five weeks and in another within twelve days, which chance hardly explains; and a dark lane
    that many neighbours report."""
    drafts: list[Draft] = []
    seats = sorted(
        (v for v in spots.county.villages if v.properties["kind"] == "community"),
        key=lambda village: -village.properties["people"],
    )
    for village, back in zip(seats, (35, 12), strict=False):
        places = spots.within(village.code, ("estate", "supermarket", "restaurant"))
        for _ in range(13 if places else 0):
            local = until.astimezone(ZONE).date() - timedelta(days=int(rng.integers(1, back + 1)))
            at = datetime.combine(local, time(2), ZONE) + timedelta(
                minutes=float(rng.normal(50, 45))
            )
            spot = places[int(rng.integers(len(places)))].near(rng, 60)
            drafts.append(Draft(at.astimezone(UTC), "call", "theft_scooter", spot))
    if days >= 7:
        lane = spots.draw(rng, {"street": 1})
        first = Draft(until - timedelta(days=6, hours=3), "request", "lamp_out", lane)
        drafts.append(first)
        index = already + len(drafts) - 1
        for _ in range(11):
            at = first.at + timedelta(hours=float(rng.uniform(1, 110)))
            drafts.append(replace(first, at=at, spot=lane.near(rng, 40), joins=index))
    return drafts
