"""Who runs rounds, sees a sheet, proposes and decides. Everybody has their own sheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may, require
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.appraisal.models import Sheet

RUN = "appraisal.run_rounds"
PROPOSE = "appraisal.propose_grade"
DECIDE = "appraisal.decide_grade"
NOTE = "appraisal.note_conduct"


def sees_sheet(account: Account, sheet: Sheet) -> bool:
    """The officer, the head of the unit they were in, personnel, and whoever decides."""
    if sheet.account_id == account.pk or may(account, RUN) or may(account, DECIDE):
        return True
    return may(account, PROPOSE) and account.unit_id == sheet.unit_id


def require_person(by: Actor, permission: str = "") -> Account:
    """The member of staff who acts. Refuses programs and whoever lacks the permission."""
    if permission:
        require(by, permission)
    if not isinstance(by.source, Account):
        raise Refused(_("要由人来办：请用工作账号登录。"), code="no_account", status=403)
    return by.source


def require_other(account: Account, sheet: Sheet) -> None:
    """Refuse what somebody would decide about themselves."""
    if account.pk == sheet.account_id:
        raise Refused(_("自己的考评由别人来定。"), code="own_sheet", status=403)
