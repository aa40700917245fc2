"""Calls that are past when the platform hears of them: from another system, or a demo's history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gongzhi.base.log.actions import action, recalling, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.rows import insert_many
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.models import Account, Person
from gongzhi.work.calls.events import CALL_RECEIVED
from gongzhi.work.calls.models import Call


@dataclass(frozen=True)
class PastCall:
    """A call about an incident that stands already. The first one of an incident opened it; its
    caller, if any, is the incident's first party."""

    matter: Matter
    received_at: datetime
    by: Actor
    channel: str = Call.Channel.IMPORT
    answered_at: datetime | None = None
    words: str = ""
    caller: Mapping[str, str] = field(default_factory=dict)
    """Of a call that joined: ``name``, ``phone``; sealed."""
    idempotency_key: str | None = None


@action
def record_past_calls(by: Actor, past: Sequence[PastCall]) -> list[Call]:
    """Write calls in bulk, with the entries that `receive_call` would have recorded."""
    ordered = sorted(past, key=lambda one: one.received_at)
    nths = _nths(ordered)
    calls = [_call(one, joined=nth > 1) for one, nth in zip(ordered, nths, strict=True)]
    _give_callers(ordered, calls)
    insert_many(calls)
    for one, call, nth in zip(ordered, calls, nths, strict=True):
        with recalling(one.by, one.received_at):
            record(
                CALL_RECEIVED, one.matter, call=call.pk, channel=call.channel,
                joined=call.joined, nth=nth,
            )  # fmt: skip
    return calls


def _nths(past: Sequence[PastCall]) -> list[int]:
    """The how manieth call of its incident each is, those that stand already counted."""
    known = Call.objects.filter(matter__in={one.matter.pk for one in past})
    reached = Counter(known.values_list("matter", flat=True))
    nths = []
    for one in past:
        reached[one.matter.pk] += 1
        nths.append(reached[one.matter.pk])
    return nths


def _call(past: PastCall, *, joined: bool) -> Call:
    return Call(
        matter=past.matter,
        received_at=past.received_at,
        answered_at=past.answered_at,
        channel=past.channel,
        taken_by=past.by.source if isinstance(past.by.source, Account) else None,
        words=past.words,
        joined=joined,
        idempotency_key=past.idempotency_key,
    )


def _give_callers(past: Sequence[PastCall], calls: Sequence[Call]) -> None:
    """Give each call its caller: the incident's own party, or a new one for a call that joined."""
    openers = dict(
        Party.objects.filter(matter__in={one.matter.pk for one in past})
        .order_by("-pk")
        .values_list("matter", "pk")
    )
    sealed = [
        (one, call, Person.draft(one.caller, one.received_at))
        for one, call in zip(past, calls, strict=True)
        if call.joined and one.caller
    ]
    insert_many([person for _, _, person in sealed])
    parties = [
        Party(matter=one.matter, person=person, role=Party.Role.CALLER) for one, _, person in sealed
    ]
    insert_many(parties)
    for (_, call, _), party in zip(sealed, parties, strict=True):
        call.party = party
    for call in calls:
        if not call.joined:
            call.party_id = openers.get(call.matter_id)
