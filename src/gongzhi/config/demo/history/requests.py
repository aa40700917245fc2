"""Past requests as matters that stand in the database, with what residents said of the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, NewParty, record_past
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.matters.past import Happening as Past
from gongzhi.base.matters.past import PastHandover, PastMatter, PastStep, PastWords
from gongzhi.base.people.models import Unit
from gongzhi.config.demo.history.courses import Handling
from gongzhi.config.demo.history.lived import Split, ended_at, owner_of, point_of
from gongzhi.config.demo.history.stream import Happening
from gongzhi.config.demo.staff import Staff
from gongzhi.work.participation.past import PastFiling, PastRating, record_past_filings

AGAIN = timedelta(hours=20)
"""From a reopened request to its second answer."""


@action
def record_requests(by: Actor, over: Sequence[Happening], told: Split, staff: Staff) -> int:
    """Write requests that are over and what residents did with them; says how many."""
    matters = record_past(by, [_past(one, told, staff) for one in over])
    filings = [_filing(one, matter) for one, matter in zip(over, matters, strict=True)]
    record_past_filings(by, filings)
    return len(matters)


def key_of(one: Happening) -> str:
    """The idempotency key under which it was sent."""
    return f"demo-request-{one.number:010d}"


def first_unit(one: Happening, staff: Staff) -> Unit:
    """Where it was sent at first, which is not always right."""
    assert isinstance(one.course, Handling)  # noqa: S101  (a request has no other course)
    return staff.units.get(one.course.first_sent_to) or owner_of(one, staff)


def contact_of(one: Happening) -> dict[str, str]:
    """Every third resident leaves a name and a number."""
    return {"name": one.reporter, "phone": one.phone} if one.number % 3 == 0 else {}


def _past(one: Happening, told: Split, staff: Staff) -> PastMatter:
    contact = contact_of(one)
    new = NewMatter(
        procedure="resident_request",
        category=one.category,
        owner=first_unit(one, staff),
        words=one.words,
        place=one.spot.address,
        point=point_of(one),
        answers=one.answers,
        channel=one.channel,
        parties=[NewParty("reporter", contact)] if contact else [],
        idempotency_key=key_of(one),
    )
    course = sorted(_course(one, told, staff), key=lambda past: past.at)
    return PastMatter(new, one.at, Actor.resident(), course)


def _course(one: Happening, told: Split, staff: Staff) -> Iterator[Past]:
    went = one.course
    assert isinstance(went, Handling)  # noqa: S101
    owner, first = owner_of(one, staff), first_unit(one, staff)
    if first != owner:
        passed_on = one.at + (went.accepted_at - one.at) / 2
        yield PastHandover(passed_on, owner, "not_ours", staff.clerk_of(first))
    by = staff.clerk_of(owner)
    yield PastStep(went.accepted_at, "accepted", by)
    yield PastStep(went.accepted_at + (went.answered_at - went.accepted_at) / 4, "in_progress", by)
    yield from _answer(went.answered_at, went.answer, by)
    if went.rated_at is not None and went.reopened:
        yield PastStep(went.rated_at, "reopened", Actor.resident())
        yield PastStep(went.rated_at + AGAIN / 4, "in_progress", by)
        yield from _answer(went.rated_at + AGAIN, went.answer, by)
    yield PastStep(ended_at(one), "closed", Actor.resident())
    for other in told.joined.get(one.number, ()):
        if other.at < went.answered_at:
            yield PastWords(other.at, Message.Kind.JOINED, other.words, Actor.resident())


def _answer(at: datetime, words: str, by: Actor) -> Iterator[Past]:
    yield PastStep(at, "answered", by, {"answer": words})
    yield PastWords(at, Message.Kind.REPLY, words, by, public=True)


def _filing(one: Happening, matter: Matter) -> PastFiling:
    went = one.course
    assert isinstance(went, Handling)  # noqa: S101
    rating = None
    if went.rated_at is not None:
        rating = PastRating(went.rated_at, went.rating, went.rating_words, not went.reopened)
    return PastFiling(matter, one.at, key_of(one), rating)
