"""Complaining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from gongzhi.base.catalogue.sealed import sealed_procedures
from gongzhi.base.files.actions import keep_photo
from gongzhi.base.files.photos import Photo
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import NewMatter, NewParty, open_matter
from gongzhi.base.matters.clocks import move_clocks
from gongzhi.base.matters.intake import LONGEST
from gongzhi.base.matters.models import Matter, Party
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints.events import FILED
from gongzhi.work.complaints.models import Complaint, SealedFrom
from gongzhi.work.complaints.permissions import mark_of
from gongzhi.work.complaints.selectors.handlers import unit_to_handle, units_that_had
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.receiving import checked_contact, new_receipt, require_key

PROCEDURE = CATEGORY = "police_complaint"
LONGEST_NUMBER = 20
LONGEST_HAPPENED = 120


@dataclass(frozen=True)
class NewComplaint:
    """What a complainant tells; all but the words may stay empty."""

    words: str
    unit: Unit | None = None
    about: Matter | None = None
    number: str = ""
    """Of the officer; sealed with the contact."""
    happened: str = ""
    place: str = ""
    wish: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    photos: Sequence[Photo] = ()
    channel: str = "web"


@action
def complain(by: Actor, new: NewComplaint, *, idempotency_key: str) -> Receipt:
    """Open a complaint with a unit that isn't complained of, and seal it from the one that is.

    The code is `code_for(idempotency_key)`; a key used before is refused by the database. Refuses
    no words and too many, a number that can be none, and a complaint about a complaint.
    """
    require_key(idempotency_key)
    sealed, mark = _checked_sealed(new), mark_of(new.number)
    if new.about is not None and new.about.procedure in sealed_procedures():
        words = _("这是一件投诉的查询码。对它的办理不满意，请在查询页申请复核。")
        raise Refused(words, code="about_a_complaint", status=422, fields={"code": words})
    units = units_that_had(new.about) | ({new.unit.pk} if new.unit else set())
    matter = open_matter(
        by,
        NewMatter(
            procedure=PROCEDURE, category=CATEGORY, owner=unit_to_handle(units, mark),
            words=new.words, place=new.place, answers=dict(new.answers), channel=new.channel,
            parties=[NewParty(Party.Role.COMPLAINANT, sealed)] if sealed else [],
            files=[keep_photo(by, one) for one in new.photos], idempotency_key=idempotency_key,
        ),
    )  # fmt: skip
    complaint = Complaint.objects.create(
        matter=matter, unit=new.unit, about=new.about, number_mark=mark,
        happened=_checked(new.happened, LONGEST_HAPPENED, "happened"),
        wish=_checked(new.wish, LONGEST, "wish"),
    )  # fmt: skip
    SealedFrom.objects.bulk_create(SealedFrom(complaint=complaint, unit_id=one) for one in units)
    receipt = new_receipt(matter, idempotency_key)
    record(FILED, matter, receipt=receipt.pk)
    move_clocks(matter, *_clocks_of_law(new))
    return receipt


def _clocks_of_law(new: NewComplaint) -> list[str]:
    """What the law gives to some complaints only: misconduct that goes on while one complains, and
    measures or property in a criminal case."""
    begun = ["begin:cmp_22"] if new.answers.get("going_on") == "yes" else []
    criminal = new.about is not None and new.about.procedure == "criminal_case"
    if criminal and new.answers.get("what") == "measures":
        begun.append("begin:crm_062")
    return begun


def _checked_sealed(new: NewComplaint) -> dict[str, str]:
    number = _checked(new.number, LONGEST_NUMBER, "number")
    contact = checked_contact(new.contact)
    return contact | {"officer": number} if number else contact


def _checked(text: str, longest: int, name: str) -> str:
    told = text.strip()
    if "\x00" in told or len(told) > longest:
        wrong = _("最多写 %(n)s 个字，请精简一些。") % {"n": longest}
        raise Refused(wrong, code=name, status=422, fields={name: wrong})
    return told
