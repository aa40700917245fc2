"""Answering so that it ends well: done and shown, impossible and why, or planned until a day."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, record, subject_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.actions import add_words, leave_parts_open, take_step
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.course import step_that_may_follow
from gongzhi.base.matters.models import Matter, Message
from gongzhi.base.matters.parts import require_parts_done
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.closing import (
    MOVED,
    Closing,
    counted_from,
    require_day,
    require_evidence,
)
from gongzhi.work.participation.events import ANSWER_ALIKE, PROMISED
from gongzhi.work.participation.plain_words import require_an_answer
from gongzhi.work.participation.selectors.alike import alike_answers

ANSWER = "participation.answer_request"


@action
def answer_request(
    by: Actor,
    matter: Matter,
    words: str,
    *,
    photos: Sequence[Photo] = (),
    closing: Closing | None = None,
    before_parts: str = "",
) -> Matter:
    """Tell the resident the outcome. It stays on the timeline, also when a later one follows.

    Without `closing` it is done. Refuses what says nothing, and what the category wants to see
    and nothing shows; an answer like many others is only noted. Refused, too, while another unit's
    part of it goes on, unless `before_parts` says why not wait.
    """
    require(by, ANSWER)
    matter = Matter.objects.select_related("owner_unit").get(pk=matter.pk)
    require_an_answer(words)
    closing = closing or Closing()
    if before_parts.strip():
        leave_parts_open(by, matter, before_parts)
    else:
        require_parts_done(matter)
    step_that_may_follow(matter, "answered")
    require_evidence(matter, closing, len(photos))
    alike = alike_answers(matter, words)
    held = take_step(by, matter, "answered", elements={"answer": words, **closing.elements})
    _say(by, held, words, photos)
    if alike.is_told:
        record(ANSWER_ALIKE, held, unit=held.owner_unit_id, alike=alike.many)
    return held


@action
def plan_request(
    by: Actor, matter: Matter, words: str, *, promised: str, photos: Sequence[Photo] = ()
) -> Matter:
    """Say what will be done and until which day (``2026-12-31``). The promise runs as a clock of
    its own; a promised day can be moved once."""
    require(by, ANSWER)
    require_an_answer(words)
    day = require_day(promised)
    _require_kept_before(matter)
    shown = {"plan": words, "promised": day.isoformat()}
    held = take_step(by, matter, "planned", elements=shown)
    _say(by, held, words, photos)
    until = counted_from(day)
    record(PROMISED, held, planned_at=until)
    move_clocks(held, PROMISED.kind, facts={"planned_at": until})
    return held


def _say(by: Actor, held: Matter, words: str, photos: Sequence[Photo]) -> None:
    kept = [keep_photo(by, one) for one in photos]
    add_words(by, held, Message.Kind.REPLY, words, public=True, files=kept)


def _require_kept_before(matter: Matter) -> None:
    before = Entry.objects.filter(subject=subject_of(matter), kind=PROMISED.kind).count()
    if before > MOVED:
        raise Refused(
            _("答应的日子已经改过一次，不能再改。办好了就答复；办不到就说明原因。"),
            code="promised_before",
            status=409,
        )
