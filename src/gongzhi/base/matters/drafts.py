"""A matter as it would be opened now: checked, and not written yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.category import Category
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.models import StoredFile
from gongzhi.base.log.actions import now
from gongzhi.base.matters.intake import (
    checked_answers,
    checked_place,
    checked_words,
    priority_for,
)
from gongzhi.base.matters.models import Attachment, Matter, Narrative, Party
from gongzhi.base.people.models import Person, Unit
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
    version: str = ""
    """Of the procedure, where it goes on with what began under one; the one in force otherwise."""


@dataclass(frozen=True)
class Draft:
    """The rows of a new matter. Its place isn't in them yet: `put` and `put_all` see to that."""

    new: NewMatter
    matter: Matter
    narrative: Narrative
    parties: list[Party]
    attachments: list[Attachment]

    @property
    def first(self) -> dict[str, int]:
        """What the log is told of its opening besides what never changes."""
        return {
            "priority": self.matter.priority,
            "unit": self.new.owner.pk,
            "parties": len(self.parties),
            "files": len(self.attachments),
        }


def draft(new: NewMatter) -> Draft:
    """The rows of the matter, at the first step of the version in force now.

    Refuses an unknown category, one of another kind, answers that the category doesn't know, no
    words and too many of them.
    """
    followed = catalogue().procedures[new.procedure]
    category = _category(new.category, followed.kind)
    answers = checked_answers(category, new.answers)
    words, place = checked_words(new.words), checked_place(new.place)
    today = timezone.localdate(now())
    version = followed.version(new.version) if new.version else followed.version_on(today)
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
    narrative = Narrative(matter=matter, words=words, place=place)
    return Draft(new, matter, narrative, _parties(matter, new), _attachments(matter, new))


def _category(code: str, kind: str) -> Category:
    category = catalogue().categories.get(code)
    if category is None or kind not in category.kinds:
        wrong = _("没有这个类别，请重新选一个。")
        raise Refused(wrong, code="unknown_category", fields={"category": wrong})
    return category


def _parties(matter: Matter, new: NewMatter) -> list[Party]:
    made = list[Party]()
    for party in new.parties:
        number = 1 + sum(one.role == party.role for one in made)
        person = Person.draft(party.fields, now())
        made.append(Party(matter=matter, person=person, role=party.role, number=number))
    return made


def _attachments(matter: Matter, new: NewMatter) -> list[Attachment]:
    return [Attachment(matter=matter, file=file, at=now()) for file in new.files]
