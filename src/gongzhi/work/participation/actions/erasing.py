"""Forgetting what a resident told, when they ask for it. What happened stays, without words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.files.actions import erase_file
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Attachment, Message, Narrative
from gongzhi.base.matters.parts import erase_parts
from gongzhi.base.people.actions import erase_person
from gongzhi.base.people.holding import require_not_held
from gongzhi.base.people.models import Person
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.events import WORDS_ERASED
from gongzhi.work.participation.models import Rating, Receipt, Thanks
from gongzhi.work.participation.selectors import matter_followed


@action
def erase_own(by: Actor, receipt: Receipt) -> Receipt:
    """Erase this resident's name and phone, words, address and photos.

    While a unit still works on it, it needs them: refused until it has ended (withdrawing ends
    it, too). A neighbour who joined may at any time: theirs were only an addition.
    """
    held = Receipt.objects.select_related("matter__merged_into", "message").get(pk=receipt.pk)
    if not held.joined and matter_followed(held).closed_at is None:
        raise Refused(
            _("还在办理，承办单位要用到这些内容。办结或者撤回以后就可以清除。"),
            code="still_needed",
            status=409,
        )
    if matter_followed(held).procedure != held.matter.procedure:
        raise Refused(
            _("这件已转 110，内容和联系方式在警情里。要清除，请联系公安局。"),
            code="with_police", status=409,
        )  # fmt: skip
    require_not_held(held.matter_id)
    files = _erase_joined(held) if held.joined else _erase_reported(held)
    Rating.objects.filter(receipt=held).update(words="")
    Thanks.objects.filter(receipt=held).update(words="")
    for attachment in files:
        file = attachment.file
        attachment.delete()
        erase_file(by, file, reason="asked")
    record(WORDS_ERASED, held.matter, receipt=held.pk, files=len(files) or None)
    return held


def _erase_joined(receipt: Receipt) -> list[Attachment]:
    message = receipt.message
    if message is None:
        return []
    Message.objects.filter(pk=message.pk).update(words="")
    return list(message.attachments.select_related("file"))


def _erase_reported(receipt: Receipt) -> list[Attachment]:
    matter = receipt.matter
    for person in Person.objects.filter(party__matter=matter, erased_at__isnull=True):
        # The county lets the person go at their wish; a resident has no permission of their own.
        erase_person(Actor.system("resident_asked"), person, reason="asked")
    Narrative.objects.filter(matter=matter).update(words="", place="")
    own = matter.messages.filter(author__isnull=True).exclude(kind=Message.Kind.JOINED)
    own.update(words="")
    erase_parts(matter)
    told = matter.attachments.filter(message__isnull=True) | matter.attachments.filter(
        message__in=own
    )
    return list(told.select_related("file").distinct())
