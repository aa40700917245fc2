"""Notes on places that crews should know of."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.places.cells import cell_of
from gongzhi.base.places.coordinates import Point
from gongzhi.base.ui.errors import Refused
from gongzhi.work.calls.events import PREMISE_NOTE_REMOVED, PREMISE_NOTED
from gongzhi.work.calls.models import PremiseNote
from gongzhi.work.calls.permissions import NOTE_PREMISES

LONGEST = 200
DAYS = (30, 90, 365)
"""How long a note may hold: what nobody renews is forgotten."""


@action
def note_premises(by: Actor, point: Point, *, place: str, words: str, days: int) -> PremiseNote:
    """Put up a note on a place, for so many days. It is about the place, never who lives there."""
    require(by, NOTE_PREMISES)
    told, named = words.strip(), place.strip()
    for name, text in (("words", told), ("place", named)):
        if not text or len(text) > LONGEST or "\x00" in text:
            wrong = _("请写，最多 %(n)s 个字。") % {"n": LONGEST}
            raise Refused(wrong, code=name, status=422, fields={name: wrong})
    if days not in DAYS:
        wrong = _("请选保留多久。")
        raise Refused(wrong, code="days", status=422, fields={"days": wrong})
    note = PremiseNote.objects.create(
        words=told, place=named, lat=round(point.lat, 5), lon=round(point.lon, 5),
        h9=cell_of(point), made_at=now(), until=now() + timedelta(days=days),
        made_by=by.source if isinstance(by.source, Account) else None,
    )  # fmt: skip
    record(PREMISE_NOTED, note, until=note.until)
    return note


@action
def remove_premise_note(by: Actor, note: PremiseNote) -> PremiseNote:
    """Take a note down; its words are erased."""
    require(by, NOTE_PREMISES)
    held = PremiseNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if held.removed_at is not None:
        raise Refused(_("这条提示已经撤下了。"), code="removed", status=409)
    held.removed_at, held.words, held.place = now(), "", ""
    held.save(update_fields=["removed_at", "words", "place"])
    record(PREMISE_NOTE_REMOVED, held)
    return held
