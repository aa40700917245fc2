"""A vote's course: planned, opened with a fresh key, counted, its key destroyed."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.sealing import seal
from gongzhi.base.ui.errors import Refused
from gongzhi.work.proposals import blind, events
from gongzhi.work.proposals.boxes import publish
from gongzhi.work.proposals.keys import boxes_of
from gongzhi.work.proposals.models import Box, Vote
from gongzhi.work.proposals.permissions import require_runner
from gongzhi.work.proposals.selectors.votes import ballots_in
from gongzhi.work.proposals.signing import COUNTER
from gongzhi.work.proposals.texts import checked_line, checked_options, checked_text

SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=62)
COUNTED = ["counted_at", "secret", "cast", "signed", "at_counters", "too_few"]
FEWEST = 5
"""Fewer ballots than that are not shown: they would tell who thinks what."""


@dataclass(frozen=True)
class NewVote:
    """What is to be voted on."""

    question: str
    kind: str
    opens_at: datetime
    closes_at: datetime
    about: str = ""
    options: Sequence[str] = ()
    """What the options are called; none for yes, no or abstain."""
    most: int = 1


@action
def plan_vote(by: Actor, new: NewVote) -> Vote:
    """Put a vote into the calendar; it opens and is counted by itself. Refuses too few options,
    options that are called the same, and times in which nobody could vote."""
    require_runner(by)
    options = _options(new)
    _require_times(new)
    vote = Vote.objects.create(
        question=checked_line(new.question, "question"), about=checked_text(new.about, "about"),
        kind=Vote.Kind(new.kind), options=options, most=_most(new, len(options)),
        opens_at=new.opens_at, closes_at=new.closes_at,
    )  # fmt: skip
    record(events.VOTE_PLANNED, vote, options=len(vote.names))
    return vote


@action
def open_vote(by: Actor, vote: Vote) -> Vote:
    """Make its key and begin. Refuses one that has begun, and one whose time hasn't come."""
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if held.opened_at or held.counted_at or not held.opens_at <= now() < held.closes_at:
        raise Refused(_("这次投票现在不能开始。"), code="not_now", status=409)
    private = blind.new_key()
    lock = os.urandom(32)
    held.public_key, held.opened_at = blind.public_of(private), now()
    held.secret = seal({"sign": b64encode(private).decode(), "lock": b64encode(lock).decode()})
    held.save(update_fields=["public_key", "opened_at", "secret"])
    record(events.VOTE_OPENED, held, key=held.key_digest.replace(" ", ""))
    return held


@action
def count_vote(by: Actor, vote: Vote) -> Vote:
    """End it: publish all ballots in the order of their random numbers, forget the marks, destroy
    the key. Refuses one that still runs, and one that was counted."""
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if held.counted_at or now() < held.closes_at:
        raise Refused(_("投票还没结束，或者已经计过票。"), code="not_now", status=409)
    if held.secret:
        ballots = ballots_in(held)
        held.cast, held.too_few = len(ballots), len(ballots) < FEWEST
        marks = boxes_of(held, Box.Kind.MARKS).all().values()
        held.signed, held.at_counters = len(marks), sum(COUNTER in told for told in marks)
        held.boxes.all().delete()
        if not held.too_few:
            publish(held, ballots)
    held.counted_at, held.secret = now(), None
    held.save(update_fields=COUNTED)
    record(events.VOTE_COUNTED, held, signed=held.signed, cast=held.cast)
    return held


@action
def stop_vote(by: Actor, vote: Vote, why: str) -> Vote:
    """Stop it before its end, with the reason that everybody reads. Nothing of it is counted."""
    require_runner(by)
    held = Vote.objects.select_for_update().get(pk=vote.pk)
    if held.counted_at:
        raise Refused(_("这次投票已经结束。"), code="over", status=409)
    held.stopped = checked_line(why, "why")
    held.boxes.all().delete()
    held.counted_at, held.secret = now(), None
    held.save(update_fields=["stopped", "counted_at", "secret"])
    record(events.VOTE_STOPPED, held)
    return held


def _options(new: NewVote) -> list[dict[str, str]]:
    if new.kind == Vote.Kind.YES_NO:
        return []
    return checked_options(new.options)


def _most(new: NewVote, many: int) -> int:
    if new.kind != Vote.Kind.SEVERAL:
        return 1
    if not 1 <= new.most <= many:
        wrong = _("最多可选的个数，不能比选项多。")
        raise Refused(wrong, code="most", status=422, fields={"most": wrong})
    return new.most


def _require_times(new: NewVote) -> None:
    wrong = ""
    if new.closes_at <= now():
        wrong = _("结束时间已经过了。")
    elif not SHORTEST <= new.closes_at - new.opens_at <= LONGEST:
        wrong = _("投票最短一小时，最长 62 天。")
    if wrong:
        raise Refused(wrong, code="times", status=422, fields={"closes_at": wrong})
