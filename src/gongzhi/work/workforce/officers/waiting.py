"""What waits for those who decide leave."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.workforce.officers.models import Leave
from gongzhi.work.workforce.officers.permissions import DECIDE
from gongzhi.work.workforce.officers.states import LeaveState


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """How many requests of one's own unit wait. One query."""
    account = request.user
    if isinstance(account, Account) and may(account, DECIDE):
        rows = Leave.objects.filter(state=LeaveState.ASKED, unit=account.unit_id)
        many = rows.exclude(account=account).count()
        words = ngettext("%(n)s 个请假等您审批", "%(n)s 个请假等您审批", many)
        yield Waiting("leave", many, words % {"n": many}, reverse("officers:leave"))
