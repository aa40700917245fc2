"""A lane is opened for an incident, takes in others, and is closed with what was learnt."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.command.events import (
    INCIDENT_JOINED,
    LANE_CLOSED,
    LANE_ENDED,
    LANE_OPENED,
    WORDS_ERASED,
)
from gongzhi.work.command.models import Lane, LaneIncident, RollAnswer
from gongzhi.work.command.permissions import RUN
from gongzhi.work.command.rows import held_lane
from gongzhi.work.dispatch.rows import held_incident


@action
def open_lane(by: Actor, matter: Matter) -> Lane:
    """Open a command lane for an incident that goes on. Refuses one that is commanded already."""
    require(by, RUN)
    held = _free(matter)
    lane = Lane.objects.create(
        opened_at=now(), opened_by=by.source if isinstance(by.source, Account) else None
    )
    LaneIncident.objects.create(lane=lane, matter=held, joined_at=now())
    record(LANE_OPENED, lane, matter=held.pk)
    record(INCIDENT_JOINED, held, lane=lane.pk)
    return lane


@action
def join_incident(by: Actor, lane: Lane, matter: Matter) -> LaneIncident:
    """Let the lane command another incident, too."""
    require(by, RUN)
    held = held_lane(lane)
    joined = LaneIncident.objects.create(lane=held, matter=_free(matter), joined_at=now())
    record(INCIDENT_JOINED, joined.matter, lane=held.pk)
    return joined


@action
def close_lane(by: Actor, lane: Lane, *, no_lessons: bool = False) -> Lane:
    """End the command. Refuses as long as neither a lesson was stated nor said that there is none:
    what nobody asks for is never learnt."""
    require(by, RUN)
    held = held_lane(lane)
    lessons = held.lessons.count()
    if not lessons and not no_lessons:
        wrong = _("请先写下改进事项；确实没有的话，勾上“没有”。")
        raise Refused(wrong, code="lessons_missing", status=422, fields={"no_lessons": wrong})
    held.closed_at, held.no_lessons = now(), not lessons
    held.save(update_fields=["closed_at", "no_lessons"])
    held.holders.filter(ended_at=None).update(ended_at=now())
    held.rolls.filter(ended_at=None).update(ended_at=now())
    record(LANE_CLOSED, held, lessons=lessons)
    for matter in held.matters.order_by("pk"):
        record(LANE_ENDED, matter, lane=held.pk)
    return held


@action
def erase_words(by: Actor, lane: Lane) -> Lane:
    """Forget what was written in a lane whose incident's words were erased; what happened stays."""
    held = Lane.objects.select_for_update(of=("self",)).get(pk=lane.pk)
    lines = held.lines.update(words="")
    held.objectives.update(words="")
    held.lessons.update(words="")
    held.resources.update(name="")
    RollAnswer.objects.filter(roll__lane=held).update(words="")
    record(WORDS_ERASED, held, lines=lines)
    return held


def _free(matter: Matter) -> Matter:
    """The incident, locked. Refuses one that is over, and one that a lane commands."""
    held = held_incident(matter)
    if held.closed_at is not None:
        raise Refused(_("这件警情已经办结。"), code="incident_done", status=409)
    lane = Lane.objects.filter(incidents__matter=held, closed_at=None).first()
    if lane is not None:
        said = _("这件警情已经由指挥专班 %(lane)s 指挥。") % {"lane": lane}
        raise Refused(said, code="commanded_already", status=409)
    return held
