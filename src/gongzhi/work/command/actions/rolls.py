"""Roll-call: everybody on the lane says that they are there, and who hasn't is seen."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.intake import checked_words
from gongzhi.base.ui.errors import Refused
from gongzhi.work.command.events import ROLL_ANSWERED, ROLL_ENDED, ROLL_STARTED
from gongzhi.work.command.models import Lane, RollAnswer, RollCall
from gongzhi.work.command.permissions import RUN, require_asked
from gongzhi.work.command.rows import held_lane
from gongzhi.work.command.states import Presence
from gongzhi.work.dispatch.models import ACTIVE, Assignment, ResponseUnit
from gongzhi.work.linked.models import LinkedRequest
from gongzhi.work.linked.states import State

MINUTES, LONGEST = 5, 120
AT_WORK = (State.ACCEPTED, State.UNDER_WAY, State.THERE)


@action
def start_roll(by: Actor, lane: Lane, *, minutes: int = MINUTES) -> RollCall:
    """Ask everybody: the posts, the units on its incidents, the partners who have accepted. A round
    before this one ends. Refuses where there is nobody to ask."""
    require(by, RUN)
    held = held_lane(lane)
    if not 1 <= minutes <= LONGEST:
        wrong = _("请写 1 到 %(n)s 分钟。") % {"n": LONGEST}
        raise Refused(wrong, code="minutes", status=422, fields={"minutes": wrong})
    asked = _asked(held)
    if not asked:
        raise Refused(_("还没有岗位、警力或者联动单位可点。"), code="nobody", status=409)
    _end(held)
    roll = RollCall.objects.create(
        lane=held, started_at=now(), due_at=now() + timedelta(minutes=minutes)
    )
    for one in asked:
        one.roll = roll
    RollAnswer.objects.bulk_create(asked)
    record(ROLL_STARTED, held, roll=roll.pk, due_at=roll.due_at, expected=len(asked))
    return roll


@action
def answer_roll(by: Actor, answer: RollAnswer, said: str, *, words: str = "") -> RollAnswer:
    """Say that one is there, or what is wrong; or, as who runs the lane, what the radio said.
    Again, it says how it is now."""
    if said not in Presence.values:
        raise Refused(_("请答“在”或者“有情况”。"), code="said", status=422)
    lane = held_lane(answer.roll.lane)
    rows = RollAnswer.objects.select_for_update(of=("self",))
    held = rows.select_related("roll", "crew", "holder", "partner").get(pk=answer.pk)
    require_asked(by, held)
    if held.roll.ended_at is not None:
        raise Refused(_("这次点名已经结束。"), code="roll_over", status=409)
    held.said, held.answered_at = said, now()
    held.words = checked_words(words) if words.strip() else ""
    held.save(update_fields=["said", "answered_at", "words"])
    record(ROLL_ANSWERED, lane, roll=held.roll_id, answer=held.pk, said=said)
    return held


@action
def end_roll(by: Actor, lane: Lane) -> Lane:
    """End the round; who hasn't answered stays on record."""
    require(by, RUN)
    held = held_lane(lane)
    if not _end(held):
        raise Refused(_("现在没有在点名。"), code="no_roll", status=409)
    return held


def _end(lane: Lane) -> bool:
    """End the round that goes on, if one does."""
    roll = lane.rolls.filter(ended_at=None).first()
    if roll is None:
        return False
    roll.ended_at = now()
    roll.save(update_fields=["ended_at"])
    record(ROLL_ENDED, lane, roll=roll.pk, missing=roll.answers.filter(said="").count())
    return True


def _asked(lane: Lane) -> list[RollAnswer]:
    matters = lane.matters.values("pk")
    on = Assignment.objects.filter(ACTIVE, matter__in=matters).values("unit")
    crews = ResponseUnit.objects.filter(pk__in=on)
    partners = LinkedRequest.objects.filter(matter__in=matters, state__in=AT_WORK)
    return [
        *(RollAnswer(holder=one) for one in lane.holders.filter(ended_at=None).order_by("pk")),
        *(RollAnswer(crew=one) for one in crews.order_by("pk")),
        *(RollAnswer(partner=one) for one in partners.order_by("pk")),
    ]
