"""Who may do what with a matter."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.models import ApiKey
from gongzhi.base.access.permissions import may
from gongzhi.base.catalogue.kinds.procedure import Step
from gongzhi.base.catalogue.sealed import procedures_for, sealed_procedures
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import let_see
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Attachment, Matter
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused


def require_step(by: Actor, matter: Matter, step: Step) -> None:
    """Refuse whoever may not take this step of this matter.

    A member of staff needs a role that the step names and, unless the step says otherwise, must
    belong to the unit that owns the matter. A step without roles is the resident's or the
    platform's own; others a resident takes only after the steps that `resident_after` names.
    """
    if isinstance(by.source, Account) and not set(step.roles) & set(by.source.roles):
        raise Refused(
            _("“%(step)s”这一步不由您的岗位办理。") % {"step": step.name},
            code="not_your_step",
            status=403,
        )
    if by.kind == "resident" and step.roles and matter.step not in step.resident_after:
        raise Refused(_("这一步由承办单位办理。"), code="not_your_step", status=403)
    if step.roles and step.by_owner:
        require_owner(by, matter)


def require_owner(by: Actor, matter: Matter) -> None:
    """Refuse a member of staff, or a program, of another unit than the one that owns the matter."""
    if isinstance(by.source, Account | ApiKey) and by.source.unit_id != matter.owner_unit_id:
        raise Refused(
            _("这件事现在由%(unit)s负责，请由他们办理。") % {"unit": matter.owner_unit},
            code="not_your_matter",
            status=403,
        )


@let_see
def staff_see_attachments(request: HttpRequest, file: StoredFile) -> bool:
    """Staff who may see matters see what is attached to those that their unit has or had; a
    resident's request is as participation says, an application as public services do, and who else
    takes part, as dispatch does."""
    if not isinstance(request.user, Account) or not may(request.user, "matters.view_matter"):
        return False
    unit = request.user.unit_id
    had = Q(matter__owner_unit=unit) | Q(matter__handovers__giver=unit)
    found = Attachment.objects.filter(had, file=file)
    elsewhere = ["resident_request", *sealed_procedures(), *procedures_for("application")]
    return found.exclude(matter__procedure__in=elsewhere).exists()
