"""What is held under one code: by dataset, so that what for, by which law and how long stand
beside it. Words of others, of officers and of the file of a case are nobody's own and not here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.catalogue.kinds.dataset import Dataset
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.models import StoredFile
from gongzhi.base.matters.models import Message
from gongzhi.base.people.fields import labelled
from gongzhi.base.people.models import Person
from gongzhi.work.calls.models import Call
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.participation.models import Rating, Receipt, Thanks
from gongzhi.work.personal.selectors.own import persons_of, told_by
from gongzhi.work.proposals.models import Proposal
from gongzhi.work.public_services.models import Application
from gongzhi.work.public_services.selectors.desk import facts_of

AT_THE_COUNTER = "●●●"
"""In place of what only a counter shows, to whoever shows a card there."""


@dataclass(frozen=True)
class Item:
    """One thing that is held: its code for programs, what it is called, what it says."""

    code: str
    label: str
    text: str


@dataclass(frozen=True)
class Held:
    """What one dataset holds of somebody."""

    dataset: Dataset
    items: tuple[Item, ...]


def held(receipt: Receipt, person: Person | None) -> list[Held]:
    """Everything under the code; the sealed details only of a person who has shown who they are."""
    kind = receipt.matter.procedure_item.kind
    parts = {
        "contacts": list(_contact(person)) if person else [],
        "matters": [] if kind in ("case", "incident") else list(_words(receipt)),
        "calls": list(_call(receipt, person)),
        "complaints": list(_complaint(receipt)),
        "services": list(_application(receipt)),
        "take_part": list(_proposal(receipt)),
        "requests": list(_receipt(receipt)),
    }
    sets = catalogue().datasets
    return [Held(sets[code], tuple(items)) for code, items in parts.items() if items]


def sealed_labels(receipt: Receipt) -> list[str]:
    """What is sealed and closed as yet, by its names alone; of an incident, where whose it is
    shows only later, nothing."""
    persons = persons_of(receipt)
    if len(persons) != 1:
        return []
    return [label for _code, label, _text in labelled(told_by(persons[0]), persons[0])]


def photos_of(receipt: Receipt) -> list[StoredFile]:
    """The pictures and papers that came along with their own words."""
    if receipt.matter.procedure_item.kind in ("case", "incident"):
        return []
    shown = receipt.matter.attachments.select_related("file")
    if receipt.joined:
        shown = shown.filter(message=receipt.message)
    else:
        own = receipt.matter.messages.filter(author=None).exclude(kind=Message.Kind.JOINED)
        shown = (shown.filter(message=None) | shown.filter(message__in=own)).distinct()
    return [one.file for one in shown.order_by("pk")]


def _contact(person: Person) -> Iterator[Item]:
    looked_up = _looked_up(person)
    for code, label, text in labelled(told_by(person), person):
        yield Item(code, label, AT_THE_COUNTER if code in looked_up else text)


def _looked_up(person: Person) -> set[str]:
    """Fields that come from an office's register and not from the person: no code opens those."""
    party = getattr(person, "party", None)
    found = Application.objects.filter(pk=party.matter_id).first() if party else None
    sources = found.sources.items() if found else ()
    return {code for code, one in sources if one["kind"] == "register" and not one["changed"]}


def _words(receipt: Receipt) -> Iterator[Item]:
    if receipt.joined:
        yield from _if("joined", _("您补充的话"), receipt.message.words if receipt.message else "")
        return
    matter = receipt.matter
    yield from _if("words", _("您说的"), matter.narrative.words)
    yield from _if("place", _("您说的地点"), matter.narrative.place)
    yield from _answers(receipt)
    own = matter.messages.filter(author=None).exclude(kind=Message.Kind.JOINED).order_by("pk")
    for number, message in enumerate(own, start=1):
        yield from _if(f"message_{number}", _("您后来说的"), message.words)


def _answers(receipt: Receipt) -> Iterator[Item]:
    category, given = receipt.matter.category_item, receipt.matter.answers
    for question in category.questions if category else ():
        answer = question.answer(str(given.get(question.code, "")))
        if answer is not None:
            yield Item(f"answer_{question.code}", str(question.ask), str(answer))


def _call(receipt: Receipt, person: Person | None) -> Iterator[Item]:
    if person is None:
        return
    for call in Call.objects.filter(party__person=person, matter=receipt.matter):
        yield Item("called_at", _("什么时候打来的"), _moment(call.received_at))
        yield from _if("call_words", _("您在电话里说的（接警员记下的）"), call.words)


def _complaint(receipt: Receipt) -> Iterator[Item]:
    one = Complaint.objects.filter(pk=receipt.matter_id).select_related("unit").first()
    if one is not None:
        yield from _if("happened", _("什么时候"), one.happened)
        yield from _if("wish", _("希望怎样"), one.wish)
        yield from _if("unit", _("投诉的单位"), str(one.unit or ""))


def _application(receipt: Receipt) -> Iterator[Item]:
    one = Application.objects.filter(pk=receipt.matter_id).first()
    for number, (label, said) in enumerate(facts_of(one) if one else (), start=1):
        yield from _if(f"form_{number}", label, str(said))


def _proposal(receipt: Receipt) -> Iterator[Item]:
    one = Proposal.objects.filter(pk=receipt.matter_id).first()
    if one is not None:
        yield from _if("title", _("建议的标题"), one.title)


def _receipt(receipt: Receipt) -> Iterator[Item]:
    yield Item("made_at", _("什么时候交来的"), _moment(receipt.made_at))
    rating = Rating.objects.filter(receipt=receipt).first()
    if rating is not None:
        yield Item("stars", _("您的评价（星）"), str(rating.stars))
        yield from _if("rating_words", _("您的评价"), rating.words)
    thanks = Thanks.objects.filter(receipt=receipt).first()
    if thanks is not None:
        yield from _if("thanks", _("您的感谢"), thanks.words)


def _moment(at: datetime) -> str:
    """By the county's clock, as a person reads it and a program, too."""
    return timezone.localtime(at).isoformat(sep=" ", timespec="minutes")[:16]


def _if(code: str, label: str, text: str) -> Iterator[Item]:
    if text:
        yield Item(code, label, text)
