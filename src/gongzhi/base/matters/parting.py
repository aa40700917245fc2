"""A matter that goes on in two: the new one stands where the first stood."""

from __future__ import annotations

import json
from typing import Any

from gongzhi.base.log.actions import recalling, record, subject_of
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.models import Entry
from gongzhi.base.matters.events import ELEMENT_SHOWN, STEP_TAKEN
from gongzhi.base.matters.models import Matter, ShownElement

PARTED = Actor.system("parting")
"""Who tells again, in the new matter, what was done before it was one."""


def go_on_as(matter: Matter, made: Matter) -> None:
    """Let the fresh matter `made` go on from where this one stands: its steps so far stand on the
    new one's log at their own time, what it has shown counts, and the clocks that its steps began
    run on as they run here. Called in the action that opened it."""
    entries, told = Entry.objects.filter(subject=subject_of(matter), kind=STEP_TAKEN.kind), set()
    for entry in entries.order_by("seq"):
        fields: dict[str, Any] = json.loads(entry.text)
        fields.pop("party", None)
        told |= set(fields["elements"])
        with recalling(PARTED, entry.at):
            record(STEP_TAKEN, made, **fields)
    made.step, made.stepped_at = matter.step, matter.stepped_at
    made.save(update_fields=["step", "stepped_at"])
    shown = [
        ShownElement(matter=made, code=one.code, text=one.text, shown_at=one.shown_at)
        for one in matter.elements.all()
    ]
    ShownElement.objects.bulk_create(shown)
    for one in shown:
        if one.code not in told:
            with recalling(PARTED, one.shown_at):
                record(ELEMENT_SHOWN, made, element=one.code)
    _copy_clocks(matter, made)


def _copy_clocks(matter: Matter, made: Matter) -> None:
    """Those of the matter as a whole that its steps began, as they stand."""
    steps = matter.version_item.steps
    begun = {move.removeprefix("begin:") for one in steps for move in one.moves}
    for run in matter.clocks.filter(party=None, stopped_at=None, clock__in=begun):
        run.pk, run.matter = None, made
        run.save(force_insert=True)
