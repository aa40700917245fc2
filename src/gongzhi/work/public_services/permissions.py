"""Who may see and handle applications: those of the unit that has them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Handover
from gongzhi.base.matters.permissions import require_owner
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.public_services.models import Application

VIEW = "public_services.view_applications"
HANDLE = "public_services.handle_application"
FILE = "public_services.file_application"
PHONE = "public_services.file_by_phone"


def known_to(account: Account) -> QuerySet[Application]:
    """The applications that this account may open: those that its unit has or had."""
    found = Application.objects.select_related("matter__owner_unit", "matter__owner")
    if not may(account, VIEW):
        return found.none()
    unit = account.unit_id
    given = Handover.objects.filter(giver=unit).values("matter")
    return found.filter(Q(matter__owner_unit=unit) | Q(matter__in=given))


def found_by(account: Account, key: int) -> Application:
    """The application; refused (404) where there is none and where it isn't this unit's."""
    found = known_to(account).filter(pk=key).first()
    if found is None:
        words = _("本窗口没有这件申请。别的窗口收的，请到那里查。")
        raise Refused(words, code="no_such_application", status=404)
    return found


def require_clerk(by: Actor, application: Application) -> None:
    """Refuse whoever doesn't handle applications, and those of another unit's counter."""
    require(by, HANDLE)
    require_owner(by, application.matter)
