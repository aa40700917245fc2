"""Which unit sees to an officer's rights: the inspectorate, whose office they are by ministry order
153 (art. 4), or the bureau where nobody there can."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account, Unit
from gongzhi.base.ui.errors import Refused
from gongzhi.work.workforce.rights.permissions import HANDLE


def office_for(officer: Account) -> Unit:
    """The unit of somebody who may see to it and isn't the officer; not the officer's own unit
    where there is another."""
    accounts = Account.objects.filter(is_active=True).exclude(pk=officer.pk)
    able = [one for one in accounts.select_related("unit") if may(one, HANDLE)]
    able.sort(key=lambda one: (
        one.unit_id == officer.unit_id, one.unit.kind == Unit.Kind.BUREAU, one.unit_id,
    ))  # fmt: skip
    if not able:
        words = _("本局还没有设维权办，请直接找督察长。")
        raise Refused(words, code="no_office", status=409)
    return able[0].unit
