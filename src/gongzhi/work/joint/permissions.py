"""Who may open a part, and what was told further up."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.files.models import StoredFile
from gongzhi.base.files.permissions import let_see
from gongzhi.base.matters.models import Attachment, Matter, Part
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.permissions import oversees

VIEW = "participation.view_requests"
ANSWER = "participation.answer_request"
OVERSEE = "participation.view_routing"
ESCALATIONS = "joint.view_escalations"
PROCEDURE = "joint_part"


def parts_seen(account: Account) -> QuerySet[Part]:
    """The parts that this account may open: its unit's own, those that its unit asked for, or all
    for whoever watches over requests."""
    parts = Part.objects.select_related("matter__owner_unit", "lead__owner_unit", "unit")
    if oversees(account):
        return parts
    return parts.filter(Q(matter__owner_unit=account.unit) | Q(lead__owner_unit=account.unit))


def require_lead(account: Account | None, lead: Matter) -> None:
    """Refuse whoever isn't of the unit that leads."""
    if account is not None and account.unit_id != lead.owner_unit_id:
        raise Refused(
            _("牵头的是%(unit)s，由他们办理。") % {"unit": lead.owner_unit},
            code="not_your_matter", status=403,
        )  # fmt: skip


@let_see
def those_of_a_part(request: HttpRequest, file: StoredFile) -> bool:
    """Staff who may open the part see what is attached to it."""
    if not isinstance(request.user, Account) or not may(request.user, VIEW):
        return False
    found = Attachment.objects.filter(file=file, matter__procedure=PROCEDURE).first()
    return found is not None and parts_seen(request.user).filter(matter=found.matter_id).exists()
