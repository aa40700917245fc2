"""Who looked at what is held under one code: as what and of which unit, when, what for."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gongzhi.base.log.actions import subject_of
from gongzhi.base.log.models import Entry
from gongzhi.base.people.models import Person, Unit
from gongzhi.base.people.selectors import Read, reads_of
from gongzhi.work.cases.selectors.following import keeps_looks
from gongzhi.work.participation.models import Receipt
from gongzhi.work.personal.selectors.own import persons_of
from gongzhi.work.public_services.events import MATERIAL_READ


@dataclass(frozen=True)
class Looks:
    """The looks, the latest first; ``kept``: the law keeps them from the person for now."""

    reads: tuple[Read, ...]
    kept: bool = False


def looks_under(receipt: Receipt, person: Person | None) -> Looks:
    """The looks at the details that this code can open, and at the papers handed in under it.

    Of an incident that several people called about, only at those of whoever has shown which of
    them they are: nobody learns how often others were called back.
    """
    if keeps_looks(receipt.matter):
        return Looks((), kept=True)
    persons = persons_of(receipt)
    one = person if person is not None else persons[0] if len(persons) == 1 else None
    reads = (reads_of(one) if one is not None else []) + _papers(receipt)
    return Looks(tuple(sorted(reads, key=lambda read: read.at, reverse=True)))


def _papers(receipt: Receipt) -> list[Read]:
    """Looks at what an applicant handed in."""
    if receipt.joined:
        return []
    entries = Entry.objects.filter(subject=subject_of(receipt.matter), kind=MATERIAL_READ.kind)
    told = [(one.at, json.loads(one.text).get("unit")) for one in entries]
    units = Unit.objects.in_bulk({unit for _at, unit in told if unit})
    return [Read(at, units.get(unit or 0), str(MATERIAL_READ.label)) for at, unit in told]
