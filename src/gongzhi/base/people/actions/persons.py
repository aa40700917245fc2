"""Looking at somebody's details, and erasing them. Both leave an event, and only the event."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.events import PERSON_CORRECTED, PERSON_ERASED, PERSON_READ
from gongzhi.base.people.fields import LABELS
from gongzhi.base.people.holding import require_not_held
from gongzhi.base.people.models import Account, Person
from gongzhi.base.people.permissions import require_concern
from gongzhi.base.people.purposes import Erasure, Purpose
from gongzhi.base.people.sealing import seal, unseal
from gongzhi.base.ui.errors import Refused


@action
def read_person(by: Actor, person: Person, *, purpose: str) -> dict[str, str]:
    """The opened fields (``name``, ``phone``, …), for a purpose; the person can see who looked.

    Refuses an unknown purpose, somebody without the permission, staff whose unit has nothing to do
    with the matter, and a person who was erased.
    """
    if purpose not in Purpose.values:
        wrong = _("请先选择查看的用途。")
        raise Refused(wrong, code="purpose", status=422, fields={"purpose": wrong})
    require_concern(by, person)
    if not person.sealed:
        raise Refused(_("这个人的信息已经清除。"), code="erased", status=410)
    opened = unseal(bytes(person.sealed))
    unit = by.source.unit_id if isinstance(by.source, Account) else None
    roles = by.source.roles if isinstance(by.source, Account) else None
    matter = _matter_id(person)
    record(PERSON_READ, person, purpose=purpose, matter=matter, unit=unit, roles=roles)
    return opened


@action
def erase_person(by: Actor, person: Person, *, reason: str) -> Person:
    """Forget who it was; what happened stays. Refuses a reason that is none, a second time, and
    while the law holds the matter."""
    require(by, "people.erase_person")
    if reason not in Erasure.values:
        wrong = _("请选择清除的原因。")
        raise Refused(wrong, code="reason", status=422, fields={"reason": wrong})
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.erased_at:
        raise Refused(_("这个人的信息已经清除。"), code="erased", status=410)
    if (matter := _matter_id(held)) is not None:
        require_not_held(matter)
    held.sealed, held.erased_at = b"", now()
    held.save(update_fields=["sealed", "erased_at"])
    record(PERSON_ERASED, held, reason=reason)
    return held


@action
def correct_person(by: Actor, person: Person, fields: Mapping[str, str]) -> Person:
    """Seal these fields anew, as the person says they are; the others stay. Refuses a field that
    isn't there or isn't told by people, and somebody who was erased."""
    require(by, "people.erase_person")
    held = Person.objects.select_for_update().get(pk=person.pk)
    if not held.sealed:
        raise Refused(_("这个人的信息已经清除。"), code="erased", status=410)
    told = unseal(bytes(held.sealed))
    if not fields or set(fields) - (set(LABELS) | set(told)):
        raise Refused(_("没有这一项，不能更正。"), code="no_such_field", status=422)
    told |= {name: text.strip() for name, text in fields.items()}
    held.sealed = seal({name: text for name, text in told.items() if text})
    held.save(update_fields=["sealed"])
    record(PERSON_CORRECTED, held, fields=sorted(fields))
    return held


def _matter_id(person: Person) -> int | None:
    party = getattr(person, "party", None)
    return None if party is None else int(party.matter_id)
