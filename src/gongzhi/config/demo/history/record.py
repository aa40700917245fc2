"""Ninety days of the demo county in its database: what is over in bulk, the rest lived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.config.demo.geography.county import County
from gongzhi.config.demo.history.incidents import record_incidents
from gongzhi.config.demo.history.lived import Split, split
from gongzhi.config.demo.history.present import Agenda, plan_incidents
from gongzhi.config.demo.history.requests import record_requests
from gongzhi.config.demo.history.stream import Happening, Life
from gongzhi.config.demo.history.waiting import plan_requests
from gongzhi.config.demo.staff import Staff

BATCH = 500
"""Matters written with one action."""


@dataclass(frozen=True)
class Recorded:
    """How many matters stand now."""

    incidents: int
    requests: int
    deeds: int


def record_history(by: Actor, county: County, *, seed: int, until: datetime, days: int) -> Recorded:
    """Write the history that ends at `until`, all of it or nothing."""
    told = split(Life(county, catalogue().categories, seed).history(until, days), until)
    staff = Staff.of_county()
    with transaction.atomic():
        calls = [one for one in told.over if one.kind == "call"]
        incidents = sum(record_incidents(by, part, told, staff) for part in _parts(calls))
        asked = [one for one in told.over if one.kind == "request"]
        requests = sum(record_requests(by, part, told, staff) for part in _parts(asked))
        deeds = live_through(told, staff, until)
    return Recorded(incidents, requests, deeds)


def live_through(told: Split, staff: Staff, until: datetime) -> int:
    """Let what is still going on happen, deed by deed."""
    agenda = Agenda(until)
    plan_incidents(agenda, told.going_on, told, staff)
    plan_requests(agenda, told.going_on, told, staff)
    return agenda.do()


def _parts(happenings: Sequence[Happening]) -> list[Sequence[Happening]]:
    return [happenings[at : at + BATCH] for at in range(0, len(happenings), BATCH)]
