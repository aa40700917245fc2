"""Going through what happened to a past matter: the same checks, the rows, what the log is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import moment, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.clocks.moving import CLOCKS, Facts, moves, next_warning, tell_missed
from gongzhi.base.matters.clocks.sources import source_run
from gongzhi.base.matters.course import (
    enter,
    require_member,
    require_other_priority,
    require_other_unit,
    shown_by,
    step_that_may_follow,
)
from gongzhi.base.matters.drafts import draft
from gongzhi.base.matters.events import (
    HANDED_OVER,
    OPENED,
    PRIORITY_CHANGED,
    STEP_TAKEN,
    TAKEN_ON,
    WORDS_ADDED,
)
from gongzhi.base.matters.intake import checked_words
from gongzhi.base.matters.models import Attachment, ClockRun, Handover, Message, ShownElement
from gongzhi.base.matters.past import (
    Happening,
    PastHandover,
    PastMatter,
    PastOwner,
    PastPriority,
    PastStep,
    PastWords,
)
from gongzhi.base.matters.permissions import require_owner, require_step
from gongzhi.base.matters.telling import (
    choices_of,
    tell_handover,
    tell_opening,
    tell_step,
    tell_words,
)
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused


class Telling(NamedTuple):
    """One entry to be: called once the rows are written and have their keys."""

    at: datetime
    by: Actor
    tell: Callable[[], None]


class Recalled:
    """A past matter as it stands after all that happened, in memory.

    Refuses what the single actions would have refused, and a course that runs backwards in time
    or into the future.
    """

    def __init__(self, past: PastMatter) -> None:
        self.past = past
        with moment(past.opened_at):
            self.draft = draft(past.new)
        self.matter = self.draft.matter
        self.messages: list[Message] = []
        self.attachments = list(self.draft.attachments)
        self.elements: dict[str, ShownElement] = {}
        self.handovers: list[Handover] = []
        self.clocks: list[ClockRun] = []
        opening = partial(tell_opening, self.matter, **self.draft.first)
        self.tellings = [Telling(past.opened_at, past.opened_by, opening)]
        self._missed: list[Telling] = []
        with moment(past.opened_at):
            begun = self.matter.step_item.moves
            self._move_clocks(f"step:{self.matter.step}", OPENED.kind, *begun)
        for happening in past.course:
            self._go_on(happening)
        if self.tellings[-1].at > now():
            raise Refused(_("时间还没有到，不能作为过去的事记录。"), code="not_past")
        self._let_clocks_pass(now())
        self.tellings += self._missed
        if past.due_at is not None:
            self.clocks.append(source_run(self.matter, past.due_at))

    def _go_on(self, happening: Happening) -> None:
        if happening.at < self.tellings[-1].at:
            raise Refused(_("各环节的时间前后颠倒。"), code="course_backwards")
        self._let_clocks_pass(happening.at)
        with moment(happening.at):
            self.tellings.append(Telling(happening.at, happening.by, self._recall(happening)))

    def _let_clocks_pass(self, at: datetime) -> None:
        """Note what was missed by then, at its own time; and warn of nothing that is past."""
        for run in self.clocks:
            if run.stopped_at is not None:
                continue
            if run.missed_at is None and run.due_at is not None and run.due_at < at:
                run.missed_at = run.due_at
                telling = partial(tell_missed, run, self.matter.owner_unit.pk)
                self._missed.append(Telling(run.due_at, CLOCKS, telling))
            run.warn_at = None if run.missed_at else next_warning(run.clock_item, run.due, at)

    def _move_clocks(self, *triggers: str, facts: Facts | None = None) -> None:
        running = [run for run in self.clocks if run.stopped_at is None]
        self.clocks += moves(running, self.matter, triggers, facts).begun

    def _recall(self, happening: Happening) -> Callable[[], None]:
        """Change the rows as the single action would have; gives what the log is then told."""
        match happening:
            case PastStep():
                return self._step(happening)
            case PastHandover():
                return self._handover(happening)
            case PastOwner():
                return self._owner(happening)
            case PastPriority():
                return self._priority(happening)
            case PastWords():
                return self._words(happening)

    def _step(self, taken: PastStep) -> Callable[[], None]:
        step = step_that_may_follow(self.matter, taken.code)
        require_step(taken.by, self.matter, step)
        shown = shown_by(self.matter, step, taken.elements, self.elements)
        for code, text in shown.items():
            self.elements[code] = ShownElement(
                matter=self.matter, code=code, text=text, shown_at=taken.at
            )
        previous = enter(self.matter, step, taken.at)
        facts = {**choices_of(step, shown), "previous": previous}
        self._move_clocks(f"step:{step.code}", STEP_TAKEN.kind, *step.moves, facts=facts)
        return partial(tell_step, self.matter, step, previous, shown)

    def _handover(self, given: PastHandover) -> Callable[[], None]:
        require_owner(given.by, self.matter)
        require_other_unit(self.matter, given.taker)
        handover = Handover(
            matter=self.matter, giver=self.matter.owner_unit, taker=given.taker,
            at=given.at, reason=given.reason,
        )  # fmt: skip
        bounce = any(before.giver == given.taker for before in self.handovers)
        self.handovers.append(handover)
        self.matter.owner_unit, self.matter.owner = given.taker, None
        self.matter.bounces += bounce
        self._move_clocks(HANDED_OVER.kind, facts={"reason": given.reason, "bounce": bounce})
        return partial(tell_handover, handover, bounce=bounce)

    def _owner(self, taken: PastOwner) -> Callable[[], None]:
        require_owner(taken.by, self.matter)
        require_member(self.matter, taken.account.unit_id)
        self.matter.owner = taken.account
        self._move_clocks(TAKEN_ON.kind)
        return partial(record, TAKEN_ON, self.matter, account=taken.account.pk)

    def _priority(self, changed: PastPriority) -> Callable[[], None]:
        require_other_priority(self.matter, changed.priority)
        previous, self.matter.priority = self.matter.priority, changed.priority
        self._move_clocks(PRIORITY_CHANGED.kind, facts={"previous": previous})
        return partial(
            record, PRIORITY_CHANGED, self.matter, priority=changed.priority, previous=previous
        )

    def _words(self, told: PastWords) -> Callable[[], None]:
        message = Message(
            matter=self.matter,
            kind=Message.Kind(told.kind),
            words=checked_words(told.words),
            public=told.public,
            author=told.by.source if isinstance(told.by.source, Account) else None,
            at=told.at,
        )
        self.messages.append(message)
        self.attachments += [
            Attachment(
                matter=self.matter, message=message, file=file, public=told.public, at=told.at
            )
            for file in told.files
        ]
        self._move_clocks(WORDS_ADDED.kind, facts={"use": told.kind, "public": told.public})
        return partial(tell_words, message, files=len(told.files))
