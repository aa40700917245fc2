"""What is still going on, lived through step by step with the actions that people take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.config.demo.history.courses import Response
from gongzhi.config.demo.history.lived import CLOSING, Split, point_of
from gongzhi.config.demo.history.stream import Happening
from gongzhi.config.demo.staff import Staff
from gongzhi.work.calls.actions import NewCall, receive_call
from gongzhi.work.dispatch.actions import (
    assign_unit,
    clear_unit,
    move_incident,
    note_incident,
    report_en_route,
    report_on_scene,
    report_position,
)
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.states import Status

Deed = Callable[[], object]
"""Something that somebody does at a moment."""


@dataclass
class Agenda:
    """Deeds by their times; done in order, and only those whose time has come."""

    until: datetime
    deeds: list[tuple[datetime, int, Deed]] = field(default_factory=list)

    def at(self, when: datetime, deed: Deed) -> None:
        """Put something down, if its time is not after the end."""
        if when < self.until:
            self.deeds.append((when, len(self.deeds), deed))

    def do(self) -> int:
        """Do everything in the order of time; says how much was done.

        What is refused is left out: where two stories want the same crew, one goes without.
        """
        done = 0
        for when, _, deed in sorted(self.deeds, key=lambda each: each[:2]):
            try:
                with moment(when):
                    deed()
            except Refused:
                continue
            done += 1
        return done


@dataclass
class Incident:
    """A call that is lived through: the incident it opened, and the crew that leads."""

    one: Happening
    told: Split
    staff: Staff
    units: dict[str, ResponseUnit]
    matter: Matter | None = None
    sent: dict[int, ResponseUnit] = field(default_factory=dict)
    """Who went, by the key of the unit that the story names."""

    def plan(self, agenda: Agenda) -> None:
        """Put down all that happens to it."""
        one, went = self.one, self.one.course
        assert isinstance(went, Response)  # noqa: S101  (a call has no other course)
        agenda.at(one.at, self._call)
        for other in self.told.joined.get(one.number, ()):
            agenda.at(other.at, lambda other=other: self._join(other))  # type: ignore[misc]
        if not went.crews:
            agenda.at(went.cleared_at, self._settle)
        for code in went.crews:
            self._plan_crew(agenda, went, self.units[code])
        agenda.at(went.cleared_at + CLOSING, lambda: self._move("closed"))

    def _plan_crew(self, agenda: Agenda, went: Response, unit: ResponseUnit) -> None:
        by = self.staff.dispatcher
        agenda.at(went.assigned_at, lambda: self._send(unit))
        agenda.at(went.en_route_at, lambda: report_en_route(by, self._sent(unit)))
        agenda.at(went.on_scene_at, lambda: self._arrive(self._sent(unit)))
        agenda.at(
            went.cleared_at,
            lambda: clear_unit(
                by, self._sent(unit), disposition=went.disposition, words=went.words
            ),
        )

    def _send(self, unit: ResponseUnit) -> None:
        """The crew of the story; another of its kind where it is elsewhere by now."""
        others = ResponseUnit.objects.filter(status=Status.FREE, kind=unit.kind).order_by("pk")
        for one in (unit, *others.exclude(pk=unit.pk)):
            try:
                assign_unit(self.staff.dispatcher, self._held(), one)
            except Refused:
                continue
            self.sent[unit.pk] = one
            return

    def _sent(self, unit: ResponseUnit) -> ResponseUnit:
        if unit.pk not in self.sent:
            raise Refused("nobody went", code="nobody_went")
        return self.sent[unit.pk]

    def _call(self) -> None:
        self.matter = receive_call(self.staff.call_taker, _new_call(self.one)).matter

    def _join(self, other: Happening) -> None:
        receive_call(self.staff.call_taker, _new_call(other, joins=self._held()))

    def _arrive(self, unit: ResponseUnit) -> None:
        report_on_scene(self.staff.dispatcher, unit)
        report_position(self.staff.dispatcher, unit, point_of(self.one))

    def _settle(self) -> None:
        assert isinstance(self.one.course, Response)  # noqa: S101
        note_incident(self.staff.dispatcher, self._held(), self.one.course.words)
        self._move("settled", {"settled_how": self.one.course.words})

    def _move(self, step: str, elements: dict[str, str] | None = None) -> None:
        move_incident(self.staff.dispatcher, self._held(), step, elements=elements)

    def _held(self) -> Matter:
        if self.matter is None:
            raise Refused("the call was refused", code="no_incident")
        return self.matter


def plan_incidents(
    agenda: Agenda, going_on: Sequence[Happening], told: Split, staff: Staff
) -> None:
    """Put down what happens to every call that is still going on."""
    units = {unit.code: unit for unit in ResponseUnit.objects.select_related("station")}
    for one in _calls(going_on):
        Incident(one, told, staff, units).plan(agenda)


def _calls(happenings: Sequence[Happening]) -> Iterator[Happening]:
    return (one for one in happenings if one.kind == "call")


def _new_call(one: Happening, joins: Matter | None = None) -> NewCall:
    return NewCall(
        category=one.category,
        words=one.words,
        place=one.spot.address,
        point=point_of(one),
        answers=one.answers,
        channel=one.channel,
        caller={"name": one.reporter, "phone": one.phone},
        joins=joins,
        answered_at=one.at + timedelta(seconds=4),
    )
