"""What residents said of how their requests were handled: the one count that every number is made
of, on the front door, on the staff's results and among the county's measures.

- Of each request one word: the last that its residents said, solved or not. Who says otherwise
  later replaces what was said before; it is no second answer.
- Of each resident one number of stars.
- A request that became part of another counts as that one; one that was withdrawn, or that another
  county's file brought, counts nowhere. Silence is never a yes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce

from gongzhi.base.log.models import Entry
from gongzhi.base.matters.models import Matter
from gongzhi.work.participation.events import OUTCOME_JUDGED
from gongzhi.work.participation.models import Rating

REQUEST = "resident_request"
LEFT_OUT = ("merged", "withdrawn")
"""Steps of requests that count nowhere, or as part of another."""
CHUNK = 500
"""Keys of one query."""
GOOD = 4
"""Stars from which on somebody is satisfied."""


@dataclass(frozen=True)
class Word:
    """What was said last of a request, and when."""

    matter: int
    at: datetime
    solved: bool


@dataclass(frozen=True)
class Stars:
    """What one resident gave for a request, and when."""

    matter: int
    at: datetime
    stars: int

    @property
    def good(self) -> bool:
        """Whether they are satisfied."""
        return self.stars >= GOOD


def last_words(since: datetime) -> list[Word]:
    """The last word of each request, of those who said one since then. Two queries, and one
    more for every five hundred."""
    judged = Entry.objects.filter(kind=OUTCOME_JUDGED.kind, at__gte=since).order_by("seq")
    told = [
        (int(subject.rpartition(":")[2]), at, bool(json.loads(text)["solved"]))
        for subject, at, text in judged.values_list("subject", "at", "text").iterator()
    ]
    became = _became({key for key, _at, _solved in told})
    found: dict[int, Word] = {}
    for key, at, solved in told:
        if key in became:
            found[became[key]] = Word(became[key], at, solved)
    return list(found.values())


def given_stars(since: datetime) -> list[Stars]:
    """The stars of each resident who gave any since then. One query."""
    into = Coalesce("receipt__matter__merged_into", "receipt__matter")
    rows = Rating.objects.filter(
        _counts("receipt__matter__"), rated_at__gte=since
    ).annotate(about=into)  # fmt: skip
    return [
        Stars(about, at, stars)
        for about, at, stars in rows.order_by("rated_at", "pk").values_list(
            "about", "rated_at", "stars"
        )
    ]


def _became(keys: set[int]) -> dict[int, int]:
    """Each of these that counts → the one it now counts as."""
    found: dict[int, int] = {}
    ordered, into = sorted(keys), Coalesce("merged_into", "pk")
    for begin in range(0, len(ordered), CHUNK):
        rows = Matter.objects.filter(_counts(""), pk__in=ordered[begin : begin + CHUNK])
        found.update(rows.annotate(about=into).values_list("pk", "about"))
    return found


def _counts(path: str) -> Q:
    """The request counts, itself or as the one it became."""
    own = Q(**{f"{path}procedure": REQUEST, f"{path}county": None})
    alone = Q(**{f"{path}merged_into": None}) & ~Q(**{f"{path}step__in": LEFT_OUT})
    part = Q(**{f"{path}merged_into__isnull": False})
    part &= ~Q(**{f"{path}merged_into__step__in": LEFT_OUT})
    return own & (alone | part)
