"""Requests that are still going on, lived through step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.config.demo.history.courses import Handling
from gongzhi.config.demo.history.lived import Split, owner_of, point_of
from gongzhi.config.demo.history.present import Agenda
from gongzhi.config.demo.history.requests import contact_of, first_unit, key_of
from gongzhi.config.demo.history.shown import shown_as_done
from gongzhi.config.demo.history.stream import Happening
from gongzhi.config.demo.staff import Staff
from gongzhi.work.participation.actions import (
    answer_request,
    file_request,
    join_request,
    judge_outcome,
    rate_handling,
    send_on,
    start_request,
    take_up,
)
from gongzhi.work.participation.models import Receipt


@dataclass
class Request:
    """A request that is lived through."""

    one: Happening
    told: Split
    staff: Staff
    receipt: Receipt | None = None

    def plan(self, agenda: Agenda) -> None:
        """Put down all that happens to it."""
        one, went = self.one, self.one.course
        assert isinstance(went, Handling)  # noqa: S101  (a request has no other course)
        owner, first = owner_of(one, self.staff), first_unit(one, self.staff)
        by = self.staff.clerk_of(owner)
        agenda.at(one.at, self._file)
        for other in self.told.joined.get(one.number, ()):
            agenda.at(other.at, lambda other=other: self._join(other))  # type: ignore[misc]
        if first != owner:
            sender = self.staff.clerk_of(first)
            passed_on = one.at + (went.accepted_at - one.at) / 2
            agenda.at(passed_on, lambda: send_on(sender, self._held(), owner, reason="not_ours"))
        agenda.at(went.accepted_at, lambda: take_up(by, self._held()))
        started = went.accepted_at + (went.answered_at - went.accepted_at) / 4
        agenda.at(started, lambda: start_request(by, self._held()))
        agenda.at(went.answered_at, lambda: self._answer(by, went.answer))
        if went.rated_at is not None:
            agenda.at(went.rated_at, lambda: self._judge(went))

    def _file(self) -> None:
        self.receipt = file_request(
            Actor.resident(),
            category=self.one.category,
            words=self.one.words,
            place=self.one.spot.address,
            point=point_of(self.one),
            answers=self.one.answers,
            contact=contact_of(self.one),
            channel=self.one.channel,
            unit=first_unit(self.one, self.staff),
            idempotency_key=key_of(self.one),
        )

    def _answer(self, by: Actor, words: str) -> None:
        held = self._held()
        answer_request(by, held, words, closing=shown_as_done(held))

    def _join(self, other: Happening) -> None:
        join_request(
            Actor.resident(), self._held(), words=other.words, idempotency_key=key_of(other)
        )

    def _judge(self, went: Handling) -> None:
        assert self.receipt is not None  # noqa: S101  (filed before anything else)
        by = Actor.resident()
        rate_handling(by, self.receipt, stars=went.rating, words=went.rating_words)
        judge_outcome(by, self.receipt, solved=not went.reopened, words=went.rating_words)

    def _held(self) -> Matter:
        if self.receipt is None:
            raise Refused("the request was refused", code="no_request")
        return Matter.objects.get(pk=self.receipt.matter_id)


def plan_requests(agenda: Agenda, going_on: Sequence[Happening], told: Split, staff: Staff) -> None:
    """Put down what happens to every request that is still going on."""
    for one in going_on:
        if one.kind == "request":
            Request(one, told, staff).plan(agenda)
