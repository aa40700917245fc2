"""Opening matters, and putting them where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.events import OPENED, PLACE_CORRECTED
from gongzhi.base.matters.intake import (
    checked_answers,
    checked_place,
    checked_words,
    priority_for,
    put,
)
from gongzhi.base.matters.models import Attachment, Matter, Narrative, Party
from gongzhi.base.people.models import Person, Unit
from gongzhi.base.places.cells import as_text
from gongzhi.base.places.coordinates import Point
from gongzhi.base.places.models import County
from gongzhi.base.ui.errors import Refused


@dataclass(frozen=True)
class NewParty:
    """Somebody who has to do with the matter; ``fields`` are sealed: name, phone, …"""

    role: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class NewMatter:
    """What is known of a matter when it is opened."""

    procedure: str
    category: str
    owner: Unit
    words: str
    place: str = ""
    point: Point | None = None
    """WGS 84; the edge that took it in has checked that it lies where it may."""
    accuracy: int | None = None
    answers: Mapping[str, str | int] = field(default_factory=dict)
    priority: int | None = None
    """The category's own, raised by the answers, when None."""
    channel: str = "web"
    county: County | None = None
    parties: Sequence[NewParty] = ()
    files: Sequence[StoredFile] = ()
    idempotency_key: str | None = None


@action
def open_matter(by: Actor, new: NewMatter) -> Matter:
    """Open a matter at the first step of the version in force today.

    Refuses an unknown category, one of another kind, answers that the category doesn't know, no
    words and too many of them. A key that was used is refused by the database (IntegrityError).
    """
    followed = catalogue().procedures[new.procedure]
    category = _category(new.category, followed.kind)
    answers = checked_answers(category, new.answers)
    words, place = checked_words(new.words), checked_place(new.place)
    version = followed.version_on(timezone.localdate(now()))
    matter = Matter(
        procedure=new.procedure,
        version=version.code,
        step=version.steps[0].code,
        stepped_at=now(),
        category=new.category,
        priority=new.priority or priority_for(category, answers),
        channel=new.channel,
        answers=answers,
        owner_unit=new.owner,
        opened_at=now(),
        county=new.county,
        idempotency_key=new.idempotency_key,
    )
    put(matter, new.point, new.accuracy)
    matter.save(force_insert=True)
    Narrative.objects.create(matter=matter, words=words, place=place)
    _keep_what_came_along(matter, new)
    _record_opening(matter, new)
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
    record(PLACE_CORRECTED, held, town=held.town or None, h7=_cell(held))
    return held


def _category(code: str, kind: str) -> Category:
    category = catalogue().categories.get(code)
    if category is None or kind not in category.kinds:
        wrong = _("没有这个类别，请重新选一个。")
        raise Refused(wrong, code="unknown_category", fields={"category": wrong})
    return category


def _keep_what_came_along(matter: Matter, new: NewMatter) -> None:
    for party in new.parties:
        person = Person.keep(party.fields, now())
        Party.objects.create(matter=matter, person=person, role=party.role)
    Attachment.objects.bulk_create(
        Attachment(matter=matter, file=file, at=now()) for file in new.files
    )


def _record_opening(matter: Matter, new: NewMatter) -> None:
    record(
        OPENED,
        matter,
        procedure=matter.procedure,
        version=matter.version,
        category=matter.category,
        priority=matter.priority,
        unit=matter.owner_unit_id,
        channel=matter.channel,
        town=matter.town or None,
        h7=_cell(matter),
        parties=len(new.parties) or None,
        files=len(new.files) or None,
    )


def _cell(matter: Matter) -> str | None:
    return None if matter.h7 is None else as_text(matter.h7)
