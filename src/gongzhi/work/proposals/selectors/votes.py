"""Votes as they are shown, and their ballots as they are counted."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import now
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals.ballots import Ballot, tally, write_file
from gongzhi.work.proposals.boxes import how_many, published
from gongzhi.work.proposals.keys import boxes_of
from gongzhi.work.proposals.models import Box, Vote

STEP = 5
"""While a vote runs, how many took part is told in steps of so many."""


@dataclass(frozen=True)
class Line:
    """One option and what came of it."""

    code: str
    name: str
    count: int
    part: float
    """Of the ballots, 0 to 100."""


def vote_of(key: int) -> Vote:
    """The vote; refused (404) where there is none."""
    found = Vote.objects.filter(pk=key).first()
    if found is None:
        raise Refused(_("没有这次投票。"), code="no_such_vote", status=404)
    return found


def running() -> QuerySet[Vote]:
    """Those in which one can vote now, the one that ends first before the others."""
    rows = Vote.objects.filter(opened_at__isnull=False, counted_at=None, closes_at__gt=now())
    return rows.order_by("closes_at", "pk")


def to_come() -> QuerySet[Vote]:
    """Those that haven't opened."""
    rows = Vote.objects.filter(opened_at=None, counted_at=None, closes_at__gt=now())
    return rows.order_by("opens_at", "pk")


def over() -> QuerySet[Vote]:
    """Those that have ended, the last one first."""
    return Vote.objects.filter(counted_at__isnull=False).order_by("-counted_at", "-pk")


def due_to_open() -> QuerySet[Vote]:
    """Whose time has come."""
    at = now()
    rows = Vote.objects.filter(opened_at=None, counted_at=None, opens_at__lte=at, closes_at__gt=at)
    return rows.order_by("pk")


def due_to_count() -> QuerySet[Vote]:
    """Whose time is over."""
    return Vote.objects.filter(counted_at=None, closes_at__lte=now()).order_by("pk")


def took_part(vote: Vote) -> int:
    """How many ballots were signed; in steps while the vote runs."""
    if vote.counted_at:
        return vote.signed
    return how_many(vote, Box.Kind.MARKS) // STEP * STEP


def ballots_in(vote: Vote) -> list[Ballot]:
    """The ballots of a running vote, from its sealed boxes."""
    rows = boxes_of(vote, Box.Kind.BALLOTS).all()
    return [Ballot(token, choice, b64decode(sign)) for token, (choice, sign) in rows.items()]


def ballot_in(vote: Vote, token: str) -> Ballot | None:
    """The ballot of this number that lies in a running vote's boxes."""
    found = boxes_of(vote, Box.Kind.BALLOTS).find(token)
    return Ballot(token, found[0], b64decode(found[1])) if found else None


def kept_form(ballot: Ballot) -> list[str]:
    """How it lies in a box, under its number."""
    return [ballot.choice, b64encode(ballot.signature).decode()]


def outcome(vote: Vote, ballots: list[Ballot]) -> list[Line]:
    """What came out, in the order of the options: nobody is ranked."""
    counted, all_of = tally(vote.paper, ballots), len(ballots)
    return [
        Line(code, name, counted[code], 100 * counted[code] / all_of if all_of else 0.0)
        for code, name in vote.names.items()
    ]


def file_of(vote: Vote) -> str:
    """All ballots of a counted vote, as everybody may download them."""
    if not vote.counted_at or vote.too_few or vote.stopped or not vote.public_key:
        raise Refused(_("这次投票没有公布选票。"), code="no_ballots", status=404)
    return write_file(
        vote.paper, bytes(vote.public_key), published(vote), signed=vote.signed,
        question=vote.question, names=vote.names,
    )  # fmt: skip
