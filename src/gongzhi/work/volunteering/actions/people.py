"""Volunteers: trainings that somebody gave, looks at a name, and letting it go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, now, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.purposes import Purpose
from gongzhi.base.ui.errors import Refused
from gongzhi.work.volunteering import events
from gongzhi.work.volunteering.actions.joining import give_up
from gongzhi.work.volunteering.models import Attended, SignUp, Volunteer
from gongzhi.work.volunteering.permissions import require_runner
from gongzhi.work.volunteering.states import Part


@action
def record_training(by: Actor, part: SignUp, *, on: date) -> Attended:
    """Write down that whoever has this part was shown how, on a day; by the person who did it."""
    account = require_runner(by, part.task)
    training = part.task.item.training if part.task.item else None
    if training is None:
        raise Refused(_("这类任务不用培训。"), code="no_training", status=409)
    if on > timezone.localdate(now()):
        words = _("培训的日子还没到。")
        raise Refused(words, code="on", status=422, fields={"on": words})
    kept, new = Attended.objects.get_or_create(
        volunteer=part.volunteer, training=training.code, defaults={"on": on, "by": account}
    )
    if not new:
        raise Refused(_("已经登记过了。"), code="trained", status=409)
    record(events.TRAINED, part.volunteer, training=training.code, on=on.isoformat())
    return kept


@action
def read_contact(by: Actor, part: SignUp, purpose: str) -> Volunteer:
    """Look at who signed up, for a stated purpose; they can see that the unit did."""
    account = require_runner(by, part.task)
    if purpose not in Purpose.values:
        wrong = _("请选查看用途。")
        raise Refused(wrong, code="purpose", status=422, fields={"purpose": wrong})
    record(events.CONTACT_READ, part.volunteer, unit=account.unit_id, purpose=purpose)
    return part.volunteer


@action
def forget(by: Actor, volunteer: Volunteer, *, reason: str = "asked") -> Volunteer:
    """Erase the name, the phone and the guardian's; what is still to come is given up. Hours and
    trainings stay with the code, of nobody knows whom."""
    held = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    for part in held.sign_ups.filter(state__in=(Part.WAITING, Part.SIGNED)).order_by("pk"):
        give_up(by, part)
    held.name = held.phone = held.guardian = held.guardian_phone = ""
    held.erased_at = now()
    held.save(update_fields=["name", "phone", "guardian", "guardian_phone", "erased_at"])
    record(events.CONTACT_ERASED, held, reason=reason)
    return held


@action
def forget_old(by: Actor, volunteers: Sequence[Volunteer]) -> int:
    """Let go of names that nobody needs any more; how many."""
    for one in volunteers:
        forget(by, one, reason="expired")
    return len(volunteers)
