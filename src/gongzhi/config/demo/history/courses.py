"""How matters go on: which crew goes and when it is back, how long a department takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import numpy as np

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.config.demo.history.rhythm import ZONE
from gongzhi.config.demo.history.spots import Spot
from gongzhi.config.demo.history.telling import outcome
from gongzhi.config.demo.organisation import Crew

ROAD_FACTOR = 1.4
"""Roads are so much longer than the way a gull flies."""
METRES_A_MINUTE = {"car": 620, "traffic_car": 620, "motorcycle": 560, "foot": 80, "boat": 440}
CROSSING = 22.0
"""Minutes lost when the crew must be taken over the water."""
JOINED = {"yueyu": "tinglan", "xiaoou": "oushan"}
"""Islands that a bridge or causeway makes one with another."""
BY_PHONE = {
    "police_other": 0.8, "lost_property": 0.5, "illegal_parking": 0.6, "fraud_online": 0.45,
    "noise": 0.1, "dispute_consumer": 0.2, "suspicious": 0.05,
}  # fmt: skip
ON_SCENE = {
    "traffic": 26.0, "dispute": 38.0, "property": 36.0, "rescue": 42.0, "safety": 24.0,
    "help": 20.0, "sea": 55.0,
}  # fmt: skip
GROUPS = {
    "交通出行": "traffic", "治安": "safety", "盗窃诈骗": "property", "矛盾纠纷": "dispute",
    "群众求助": "help", "紧急救援": "rescue", "海上": "sea", "市政设施": "street",
    "环境卫生": "env",
    "住房与建筑": "home", "水电气": "utility", "消费与旅游": "market", "民生关怀": "care",
}  # fmt: skip
AFLOAT = ("sea_rescue", "dispute_fishing")
"""Categories to which a boat goes, wherever they are."""
HOURS_TO_ANSWER = {1: 3.0, 2: 9.0, 3: 24.0, 4: 40.0}


@dataclass(frozen=True)
class Response:
    """What becomes of a call: crews by code, and when each step is taken; no crew if the phone
    was enough, and then ``cleared_at`` is when it was settled."""

    crews: tuple[str, ...]
    assigned_at: datetime
    en_route_at: datetime
    on_scene_at: datetime
    cleared_at: datetime
    disposition: str
    """Its code in the incident procedure."""
    words: str
    """What the crew, or whoever settled it by phone, reports."""


@dataclass(frozen=True)
class Handling:
    """What becomes of a request; ``first_sent_to`` is a department that wasn't the right one."""

    accepted_at: datetime
    answered_at: datetime
    answer: str
    first_sent_to: str = ""
    rated_at: datetime | None = None
    rating: int = 0
    rating_words: str = ""
    reopened: bool = False


@dataclass
class Fleet:
    """The crews, and until when each is busy; given in the order of time."""

    crews: list[Crew]
    busy: dict[str, datetime] = field(default_factory=dict)

    def minutes(self, crew: Crew, spot: Spot, island: str) -> float:
        """Travel time of a crew to a place, in minutes; boats go straight, all others by road."""
        far = spot.metres_to(crew.lon, crew.lat)
        if crew.kind == "boat":
            return 4 + far / METRES_A_MINUTE["boat"]
        over = JOINED.get(crew.island, crew.island) != JOINED.get(island, island)
        return far * ROAD_FACTOR / METRES_A_MINUTE[crew.kind] + CROSSING * over

    def choose(
        self, rng: np.random.Generator, category: Category, spot: Spot, island: str, at: datetime
    ) -> list[Crew]:
        """The nearest free crews that suit, two for priority 1; the right service comes first
        unless it is much farther away."""
        afloat = spot.kind == "sea" or category.code in AFLOAT
        suited = [crew for crew in self.crews if (crew.kind == "boat") == afloat]
        suited = [crew for crew in suited if self.busy.get(crew.code, at) <= at] or suited
        traffic = category.department == "traffic_police"

        def effort(crew: Crew) -> float:
            other = (crew.body == "traffic_police") != traffic
            return self.minutes(crew, spot, island) + 12 * other + float(rng.uniform(0, 5))

        suited = sorted(suited, key=effort)
        return suited[: 2 if category.priority == 1 else 1]


def respond(
    rng: np.random.Generator,
    fleet: Fleet,
    category: Category,
    priority: int,
    spot: Spot,
    island: str,
    at: datetime,
) -> Response:
    """Send whoever is nearest and free; how long they stay depends on what it is."""
    group = GROUPS[category.group.zh]
    code, _, words = outcome(rng, "disposition", group).partition("|")
    wait = _about(rng, {1: 0.8, 2: 1.6, 3: 3.5, 4: 7.0}[priority], 0.5)
    if rng.random() < BY_PHONE.get(category.code, 0.0):
        done = at + wait + _about(rng, 9, 0.6)
        return Response((), done, done, done, done, code, words)
    chosen = fleet.choose(rng, category, spot, island, at)
    lead = chosen[0]
    hurry = 1.25 if priority == 1 else 1.0
    go = at + wait
    off = go + _about(rng, 0.9, 0.5)
    there = off + _about(rng, 1 + fleet.minutes(lead, spot, island) / hurry, 0.22)
    back = there + _about(rng, ON_SCENE[group], 0.55)
    for crew in chosen:
        fleet.busy[crew.code] = back
    return Response(tuple(crew.code for crew in chosen), go, off, there, back, code, words)


def see_through(
    rng: np.random.Generator, category: Category, priority: int, at: datetime, others: list[str]
) -> Handling:
    """A department's way with a request, in office hours unless it is urgent."""
    accepted = (
        _office(rng, at + _about(rng, 35, 0.8)) if priority > 2 else at + _about(rng, 12, 0.6)
    )
    wrong = str(rng.choice(others)) if rng.random() < 0.09 else ""
    hours = HOURS_TO_ANSWER[priority] * (1.5 if wrong else 1.0)
    answered = accepted + _about(rng, hours * 60, 0.75)
    if priority > 2:
        answered = _office(rng, answered)
    text = outcome(rng, "answer", answered_as(category))
    if rng.random() > 0.55:
        return Handling(accepted, answered, text, wrong)
    late = (answered - at) / timedelta(hours=HOURS_TO_ANSWER[priority] * 2.5)
    stars = int(np.clip(round(4.7 - 0.9 * late + rng.normal(0, 0.7)), 1, 5))
    tone = "good" if stars >= 4 else "fair" if stars == 3 else "bad"
    rated = answered + _about(rng, 300, 0.9)
    reopened = stars <= 2 and bool(rng.random() < 0.5)
    words = outcome(rng, "rating", tone)
    return Handling(accepted, answered, text, wrong, rated, stars, words, reopened)


def answered_as(category: Category) -> str:
    """Under which heading of ``words/outcomes.toml`` its answers stand."""
    said = GROUPS[category.group.zh]
    return said if said in _ANSWERED else "other"


_ANSWERED = frozenset({"street", "env", "market", "home", "utility", "care", "traffic"})


def _about(rng: np.random.Generator, minutes: float, spread: float) -> timedelta:
    """A time of about so many minutes: half are shorter, half longer, a few much longer."""
    return timedelta(seconds=round(60 * minutes * float(rng.lognormal(0, spread))))


def _office(rng: np.random.Generator, at: datetime) -> datetime:
    """The same moment, or the next morning if nobody is at work then."""
    local = at.astimezone(ZONE)
    if 8 <= local.hour < 18:
        return at
    day = local.date() + timedelta(days=1 if local.hour >= 18 else 0)
    opens = datetime.combine(day, time(8, 30), ZONE)
    return opens + timedelta(minutes=float(rng.uniform(0, 100)))
