"""What a complainant does later: withdraw, ask for a review, have the words erased."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.files.actions import erase_file
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import add_words, hand_over, take_step
from gongzhi.base.matters.models import Matter, Message, Narrative
from gongzhi.base.people.actions import erase_person
from gongzhi.base.people.holding import require_not_held
from gongzhi.base.people.models import Person
from gongzhi.base.ui.errors import Refused
from gongzhi.work.complaints.events import WORDS_ERASED
from gongzhi.work.complaints.models import Complaint
from gongzhi.work.complaints.selectors.course import decided_by
from gongzhi.work.complaints.selectors.handlers import handlers_for
from gongzhi.work.participation.models import Receipt


@action
def withdraw_complaint(by: Actor, receipt: Receipt) -> Matter:
    """Take one's complaint back, as long as nothing is decided."""
    return take_step(by, _own(receipt).matter, "withdrawn")


@action
def ask_review(by: Actor, receipt: Receipt, words: str) -> Matter:
    """Have what was decided looked at again, once, by somebody else.

    Where nobody else of the unit could, it goes to another unit that can.
    """
    complaint = _own(receipt)
    decider = decided_by(complaint.matter)
    matter = take_step(by, complaint.matter, "review_asked")
    add_words(by, matter, Message.Kind.OBJECTION, words, public=True)
    units = set(complaint.sealed_from.values_list("unit", flat=True))
    others = handlers_for(units, complaint.number_mark, but=[decider] if decider else [])
    if others and matter.owner_unit_id not in {one.unit_id for one in others}:
        reviewing = Actor.system("review")
        matter = hand_over(
            reviewing, matter, others[0].unit, reason="better_placed", by_desk=True
        )  # fmt: skip
    return matter


@action
def erase_words(by: Actor, receipt: Receipt) -> Receipt:
    """Forget what the complainant told and showed, and who it was; refused before it has ended."""
    complaint = _own(receipt)
    matter = complaint.matter
    if matter.closed_at is None:
        raise Refused(
            _("还在办理，调查要用到这些内容。办结或者撤回以后就可以清除。"),
            code="still_needed", status=409,
        )  # fmt: skip
    require_not_held(matter.pk)
    files = [one.file for one in matter.attachments.select_related("file")]
    matter.attachments.all().delete()
    for file in files:
        erase_file(by, file, reason="asked")
    for person in Person.objects.filter(party__matter=matter, erased_at__isnull=True):
        erase_person(Actor.system("resident_asked"), person, reason="asked")
    Narrative.objects.filter(matter=matter).update(words="", place="")
    matter.messages.filter(author__isnull=True).update(words="")
    Complaint.objects.filter(pk=complaint.pk).update(happened="", wish="")
    record(WORDS_ERASED, matter, receipt=receipt.pk)
    return receipt


def _own(receipt: Receipt) -> Complaint:
    """The receipt's complaint as it is now. Refuses the receipt of anything else."""
    found = Complaint.objects.select_related("matter__owner_unit").filter(pk=receipt.matter_id)
    complaint = found.first()
    if complaint is None:
        raise Refused(_("这里只能看进度。"), code="only_followed", status=409)
    return complaint
