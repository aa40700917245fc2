"""Letting people go whose details have been kept as long as they may be."""

from __future__ import annotations

from collections.abc import Iterable

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.actions import erase_person
from gongzhi.base.people.holding import why_held
from gongzhi.base.people.models import Person
from gongzhi.work.personal.events import CONTACTS_LET_GO


@action
def let_go(by: Actor, persons: Iterable[Person], *, held: int) -> int:
    """Erase them, one event each, and say how many, and how many the law holds beyond their time.

    Whom a hold has come to keep since they were found stays.
    """
    erased = 0
    for person in persons:
        if not why_held(person.party.matter_id):
            erase_person(by, person, reason="expired")
            erased += 1
    record(CONTACTS_LET_GO, "people.county", rows=erased, held=held)
    return erased
