"""One unit of the demo county stands by where the next call would wait longest."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongzhi.base.log.actions import moment
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.coordinates import Point
from gongzhi.config.demo.staff import Staff
from gongzhi.work.dispatch.actions import answer_stand_by, ask_to_stand_by
from gongzhi.work.dispatch.models import ResponseUnit
from gongzhi.work.dispatch.selectors.cover import cover_of, free_units
from gongzhi.work.dispatch.selectors.moves import proposed_moves

ASKED, ANSWERED = timedelta(minutes=6), timedelta(minutes=5)
"""So long before the history ends."""


def load_stand_by(by: Actor, until: datetime) -> int:
    """Ask for the best move there is, and let its crew say yes. How many were asked."""
    units = free_units()
    moves = proposed_moves(cover_of(units), units)[:1]
    for one in moves:
        unit = ResponseUnit.objects.get(pk=one.unit_id)
        with moment(until - ASKED):
            ask_to_stand_by(
                Staff.of_county().dispatcher, unit, Point(one.lat, one.lon),
                place_zh=one.place_zh, place_en=one.place_en, within=one.after / 100,
            )  # fmt: skip
        with moment(until - ANSWERED):
            answer_stand_by(by, unit, accepts=True)
    return len(moves)
