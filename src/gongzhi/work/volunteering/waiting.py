"""What waits for those who run tasks."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.volunteering.models import Thanks
from gongzhi.work.volunteering.permissions import RUN
from gongzhi.work.volunteering.states import Words


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """How many residents' thanks nobody of this unit has read yet. One query."""
    account = request.user
    if isinstance(account, Account) and may(account, RUN):
        many = Thanks.objects.filter(state=Words.HELD, task__unit=account.unit_id).count()
        words = ngettext("%(n)s 条居民的感谢等您看", "%(n)s 条居民的感谢等您看", many)
        yield Waiting("thanks", many, words % {"n": many}, reverse("volunteering:desk"))
