"""Opening matters, and putting them where they are."""

from __future__ import annotations

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.rows import insert
from gongzhi.base.matters.clocks import move_clocks, start_clocks
from gongzhi.base.matters.drafts import Draft, NewMatter, draft
from gongzhi.base.matters.events import OPENED, PLACE_CORRECTED
from gongzhi.base.matters.intake import checked_place, put
from gongzhi.base.matters.models import Attachment, Matter, Narrative
from gongzhi.base.matters.telling import cell_text, tell_opening
from gongzhi.base.places.coordinates import Point


@action
def open_matter(by: Actor, new: NewMatter) -> Matter:
    """Open a matter at the first step of the version in force today.

    Refuses an unknown category, one of another kind, answers that the category doesn't know, no
    words and too many of them. A key that was used is refused by the database (IntegrityError).
    """
    rows = draft(new)
    matter = rows.matter
    put(matter, new.point, new.accuracy)
    insert(matter)
    _keep_what_came_along(rows)
    tell_opening(matter, **rows.first)
    start_clocks(matter, f"step:{matter.step}", OPENED.kind, *matter.step_item.moves)
    return matter


@action
def correct_place(
    by: Actor, matter: Matter, point: Point, *, place: str = "", accuracy: int | None = None
) -> Matter:
    """Put the matter where it really is; `place` replaces the address when given."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    put(held, point, accuracy)
    held.save(update_fields=["lat", "lon", "accuracy", "h7", "h9", "town", "beat"])
    if place.strip():
        Narrative.objects.filter(matter=held).update(place=checked_place(place))
    record(PLACE_CORRECTED, held, town=held.town or None, h7=cell_text(held))
    move_clocks(held, PLACE_CORRECTED.kind)
    return held


def _keep_what_came_along(rows: Draft) -> None:
    insert(rows.narrative)
    for party in rows.parties:
        insert(party.person)
        insert(party)
    Attachment.objects.bulk_create(rows.attachments)
