"""Forgetting what was told of a matter. That it happened, when and how it went on, stays."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.files.actions import erase_file
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.events import TOLD_ERASED
from gongzhi.base.matters.models import ClockChange, Matter, Narrative
from gongzhi.base.matters.parts import erase_parts
from gongzhi.base.people.actions import erase_person
from gongzhi.base.people.holding import require_not_held
from gongzhi.base.people.models import Person
from gongzhi.base.people.purposes import Erasure
from gongzhi.base.ui.errors import Refused


@action
def erase_told(by: Actor, matter: Matter, *, reason: str) -> Matter:
    """Erase everybody's words about a closed matter: narrative, place, messages, the texts of its
    steps, its photos, and who its parties were.

    The caller has checked that this actor may do so, and erases what its own app keeps. Again, it
    erases what has been added since.
    """
    if reason not in Erasure.values:
        wrong = _("请选择清除的原因。")
        raise Refused(wrong, code="reason", status=422, fields={"reason": wrong})
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.closed_at is None:
        wrong = _("还没办结，处置要用到这些内容。办结以后再清除。")
        raise Refused(wrong, code="still_needed", status=409, fields={"number": wrong})
    require_not_held(held.pk)
    for person in Person.objects.filter(party__matter=held, erased_at__isnull=True):
        erase_person(by, person, reason=reason)
    Narrative.objects.filter(matter=held).update(words="", place="")
    held.messages.update(words="")
    held.elements.exclude(code__in=_chosen(held)).update(text="")
    erase_parts(held)
    ClockChange.objects.filter(run__matter=held).update(reason="")
    files = [one.file for one in held.attachments.select_related("file")]
    held.attachments.all().delete()
    for file in files:
        erase_file(by, file, reason=reason)
    record(TOLD_ERASED, held, reason=reason, files=len(files) or None)
    return held


def _chosen(matter: Matter) -> list[str]:
    """The elements that are shown by a code, which says nothing of anybody."""
    steps = matter.version_item.steps
    return [one.code for step in steps for one in step.elements if one.kind == "choice"]
