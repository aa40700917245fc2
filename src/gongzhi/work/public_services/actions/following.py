"""What applicants do with an application on its way: add, withdraw, have it forgotten."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.actions import erase_told, take_step
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.models import Receipt
from gongzhi.work.public_services.events import MATERIAL_ADDED, WORDS_ERASED
from gongzhi.work.public_services.handed_in import attach
from gongzhi.work.public_services.models import Application, HandedIn
from gongzhi.work.public_services.uploads import Upload, require_few

State = HandedIn.State
ADDABLE = ("received", "supplement_asked", "supplemented", "accepted_lacking")
"""Steps at which something can be added."""


@action
def add_material(by: Actor, receipt: Receipt, code: str, upload: Upload) -> HandedIn:
    """Add an upload to one's own application: what was asked for, or what was to follow.

    Refuses what the office has itself, what only the original at the counter shows, what was found
    good already, and an application that is decided.
    """
    held = _own(receipt)
    service = held.service_item
    item = service.material(code) if service else None
    found = held.materials.filter(code=code).exclude(state__in=[State.HELD, State.GOOD]).first()
    if found is None or item is None or not item.by_upload or held.matter.step not in ADDABLE:
        raise Refused(_("现在不用上传这份材料。"), code="no_such_material", status=409)
    require_few(found.files.count())
    attach(found, [upload.keep(by, held.matter)])
    found.state, found.at = State.GIVEN, now()
    found.save(update_fields=["state", "at"])
    record(MATERIAL_ADDED, held.matter, material=code)
    return found


@action
def supplement(by: Actor, receipt: Receipt) -> Matter:
    """Say that what was asked for is added; the counter looks again."""
    return take_step(by, _own(receipt).matter, "supplemented")


@action
def withdraw_application(by: Actor, receipt: Receipt) -> Matter:
    """Take one's application back; refused once it is decided."""
    return take_step(by, _own(receipt).matter, "withdrawn")


@action
def erase_words(by: Actor, receipt: Receipt) -> Receipt:
    """Erase who the applicant is, what was filled in and every upload. Refused while it is being
    dealt with: the counter needs them."""
    held = _own(receipt)
    files = held.matter.attachments.count()
    # The county lets the person go at their wish; a resident has no permission of their own.
    erase_told(Actor.system("resident_asked"), held.matter, reason="asked")
    Application.objects.filter(pk=held.pk).update(told={}, answers={}, sources={}, looks=[])
    record(WORDS_ERASED, held.matter, receipt=receipt.pk, files=files or None)
    return receipt


def _own(receipt: Receipt) -> Application:
    found = Application.objects.select_for_update(of=("self",)).select_related("matter")
    held = found.filter(pk=receipt.matter_id).first()
    if held is None or receipt.joined:
        raise Refused(_("这里只能看进度。"), code="only_followed", status=409)
    return held
