"""Past calls as incidents that stand in the database, with the units that went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongzhi.base.log.actions import action
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, NewParty, record_past
from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.past import Happening as Past
from gongzhi.base.matters.past import PastHandover, PastMatter, PastStep, PastWords
from gongzhi.config.demo.history.courses import Response
from gongzhi.config.demo.history.lived import CLOSING, Split, ended_at, point_of
from gongzhi.config.demo.history.stream import Happening
from gongzhi.config.demo.staff import Staff
from gongzhi.work.calls.past import PastCall, record_past_calls
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.past import PastAssignment, record_past_assignments


@action
def record_incidents(by: Actor, over: Sequence[Happening], told: Split, staff: Staff) -> int:
    """Write incidents that are over, their calls and assignments; says how many incidents."""
    units = {u.code: u for u in ResponseUnit.objects.select_related("station")}
    matters = record_past(by, [_past(one, staff, units) for one in over])
    pairs = list(zip(over, matters, strict=True))
    record_past_calls(by, [c for one, m in pairs for c in _calls(one, m, told, staff)])
    went = [each for one, matter in pairs for each in _went(one, matter, staff, units)]
    if went:
        record_past_assignments(by, went)
    return len(matters)


def new_incident(one: Happening, staff: Staff) -> NewMatter:
    """How the desk opened it."""
    return NewMatter(
        procedure="incident",
        category=one.category,
        owner=staff.units["command_centre"],
        words=one.words,
        place=one.spot.address,
        point=point_of(one),
        answers=one.answers,
        channel=one.channel,
        parties=[NewParty("caller", {"name": one.reporter, "phone": one.phone})],
    )


def _past(one: Happening, staff: Staff, units: dict[str, ResponseUnit]) -> PastMatter:
    course = list(_course(one, staff, units))
    return PastMatter(new_incident(one, staff), one.at, staff.call_taker, course)


def _course(one: Happening, staff: Staff, units: dict[str, ResponseUnit]) -> Iterator[Past]:
    went, by = one.course, staff.dispatcher
    assert isinstance(went, Response)  # noqa: S101  (a call has no other course)
    if went.crews:
        yield PastStep(went.assigned_at, "dispatched", by)
        station = units[went.crews[0]].station
        yield PastHandover(went.assigned_at, station, "dispatched", by)
        yield PastStep(went.en_route_at, "en_route", by)
        yield PastStep(went.on_scene_at, "on_scene", by)
        yield PastWords(went.cleared_at, "note", went.words, by)
        yield PastStep(went.cleared_at, "cleared", by, {"disposition": went.disposition})
    else:
        yield PastStep(went.cleared_at, "settled", by, {"settled_how": went.words})
    yield PastStep(ended_at(one), "closed", by)


def _calls(one: Happening, matter: Matter, told: Split, staff: Staff) -> Iterator[PastCall]:
    yield PastCall(matter, one.at, staff.call_taker, one.channel, one.at, one.words)
    ended = ended_at(one) - CLOSING
    for other in told.joined.get(one.number, ()):
        if other.at < ended:
            caller = {"name": other.reporter, "phone": other.phone}
            yield PastCall(
                matter, other.at, staff.call_taker, other.channel, other.at, other.words, caller
            )


def _went(
    one: Happening, matter: Matter, staff: Staff, units: dict[str, ResponseUnit]
) -> Iterator[PastAssignment]:
    went = one.course
    assert isinstance(went, Response)  # noqa: S101
    for code in went.crews:
        yield PastAssignment(
            matter, units[code], staff.dispatcher, went.assigned_at, went.cleared_at,
            went.disposition, went.en_route_at, went.on_scene_at,
        )  # fmt: skip
