"""Requests that are past when the platform hears of them: receipts, judgements, ratings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.base.log.actions import action, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.events import Event
from gongzhi.base.matters.models import Matter, Message
from gongzhi.work.participation.codes import code_for, hashed
from gongzhi.work.participation.events import (
    HANDLING_RATED,
    OUTCOME_JUDGED,
    REQUEST_FILED,
    REQUEST_JOINED,
)
from gongzhi.work.participation.models import Rating, Receipt

_ROWS = 2000
Telling = tuple[datetime, Event, Matter, dict[str, object]]


@dataclass(frozen=True)
class PastRating:
    """What a resident thought of the handling, and whether it was solved."""

    at: datetime
    stars: int
    words: str
    solved: bool


@dataclass(frozen=True)
class PastFiling:
    """The residents' part in a past request. The matter itself, with the words of those who
    joined (messages of the kind ``joined``, in the order of time), stands already."""

    matter: Matter
    filed_at: datetime
    idempotency_key: str
    rating: PastRating | None = None


@action
def record_past_filings(by: Actor, past: Sequence[PastFiling]) -> list[Receipt]:
    """Write receipts and ratings in bulk, with the entries of `file_request`, `join_request`,
    `judge_outcome` and `rate_handling`. Gives the first reporters' receipts."""
    own = [_receipt(one.matter, one.filed_at, one.idempotency_key) for one in past]
    joined = [_joined(message) for message in _joining(past)]
    Receipt.objects.bulk_create([*own, *joined], batch_size=_ROWS)
    rated = [(one, r) for one, r in zip(past, own, strict=True) if one.rating]
    Rating.objects.bulk_create((_rating(one, r) for one, r in rated), batch_size=_ROWS)
    told = [t for one, receipt in zip(past, own, strict=True) for t in _tellings(one, receipt)]
    told += [(r.made_at, REQUEST_JOINED, r.matter, {"receipt": r.pk}) for r in joined]
    for at, event, matter, fields in sorted(told, key=lambda each: each[0]):
        with recalling(Actor.resident(), at):
            record(event, matter, **fields)
    return own


def _receipt(matter: Matter, at: datetime, key: str, message: Message | None = None) -> Receipt:
    return Receipt(
        matter=matter,
        code_hash=hashed(code_for(key)),
        made_at=at,
        idempotency_key=key,
        message=message,
    )


def _joining(past: Sequence[PastFiling]) -> Iterator[Message]:
    matters = {one.matter.pk: one.matter for one in past}
    found = Message.objects.filter(kind=Message.Kind.JOINED, matter__in=matters, receipt=None)
    for message in found.order_by("at", "pk"):
        message.matter = matters[message.matter_id]
        yield message


def _joined(message: Message) -> Receipt:
    return _receipt(message.matter, message.at, f"past-message-{message.pk:012d}", message)


def _rating(past: PastFiling, receipt: Receipt) -> Rating:
    assert past.rating is not None  # noqa: S101  (whoever calls has looked)
    given = past.rating
    return Rating(receipt=receipt, stars=given.stars, words=given.words, rated_at=given.at)


def _tellings(past: PastFiling, receipt: Receipt) -> Iterator[Telling]:
    yield past.filed_at, REQUEST_FILED, past.matter, {"receipt": receipt.pk}
    if past.rating is not None:
        given = past.rating
        judged: dict[str, object] = {"receipt": receipt.pk, "solved": given.solved}
        yield given.at, OUTCOME_JUDGED, past.matter, judged
        yield given.at, HANDLING_RATED, past.matter, {"receipt": receipt.pk, "stars": given.stars}
