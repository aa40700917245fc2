"""Opening somebody's record: for a purpose, and they can see who did."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.people.models import Account
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.officers.events import RECORD_READ
from gongzhi.work.workforce.officers.permissions import READ, require_unit
from gongzhi.work.workforce.officers.states import Purpose


@action
def read_record(by: Actor, account: Account, *, purpose: str) -> Account:
    """Somebody's record, for a stated purpose. Refuses (422) an unknown purpose, (403) who has
    nothing to do with their unit."""
    if purpose not in Purpose.values:
        words = _("请先选择查看的用途。")
        raise Refused(words, code="purpose", status=422, fields={"purpose": words})
    require_unit(by, READ, account.unit)
    unit = by.source.unit_id if isinstance(by.source, Account) else None
    record(RECORD_READ, account, unit=unit, purpose=purpose)
    return account
