"""Parties that go on in another matter, each with their own clocks."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.events import PARTY_CAME, PARTY_MOVED
from gongzhi.base.matters.models import ClockRun, Matter, Party
from gongzhi.base.matters.parties import next_number


@action
def move_parties(by: Actor, matter: Matter, parties: Sequence[Party], into: Matter) -> None:
    """Let parties go on in another matter: their own clocks go with them as they run, and each
    gets the next number there. The caller has checked that this actor may do so."""
    for party in sorted(parties, key=lambda one: one.pk):
        party.matter, party.number = into, next_number(into, party.role)
        party.save(update_fields=["matter", "number"])
        ClockRun.objects.filter(matter=matter, party=party).update(matter=into)
        record(PARTY_MOVED, matter, party=party.pk, into=into.pk)
        record(PARTY_CAME, into, party=party.pk, origin=matter.pk)
