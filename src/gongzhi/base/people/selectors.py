"""What the pages about units, accounts and persons read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.people.events import PERSON_READ
from gongzhi.base.people.models import Account, Person, Unit
from gongzhi.base.people.purposes import Purpose


@dataclass(frozen=True)
class Read:
    """One look at somebody's details, as that person may know of it."""

    at: datetime
    unit: Unit | None
    purpose: str


def reads_of(person: Person) -> list[Read]:
    """Who looked at this person's details and what for, the latest first. Two queries."""
    entries = Entry.objects.filter(subject=subject_of(person), kind=PERSON_READ.kind)
    told = [(entry.at, json.loads(entry.text)) for entry in entries.order_by("-seq")]
    units = Unit.objects.in_bulk({fields["unit"] for _at, fields in told if "unit" in fields})
    return [
        Read(at, units.get(fields.get("unit")), str(Purpose(fields["purpose"]).label))
        for at, fields in told
    ]


def accounts_of(unit: Unit | None, words: str = "") -> QuerySet[Account]:
    """The accounts of a unit, or of all; those whose names contain the words."""
    found = Account.objects.select_related("unit").order_by("-is_active", "unit_id", "username")
    if unit is not None:
        found = found.filter(unit=unit)
    if words:
        found = found.filter(username__icontains=words) | found.filter(
            display_name__icontains=words
        )
    return found
