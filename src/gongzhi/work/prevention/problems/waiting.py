"""What waits for somebody who judges rises, or works on a problem that residents talk about."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.prevention.problems.models import Contribution, Rise
from gongzhi.work.prevention.problems.permissions import JUDGE, WORK
from gongzhi.work.prevention.problems.states import Heard, RiseState


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """How many rises nobody has judged yet. One query."""
    if may(request.user, JUDGE):
        many = Rise.objects.filter(state=RiseState.OPEN).count()
        words = ngettext("%(n)s 处异常上升等您判断", "%(n)s 处异常上升等您判断", many)
        yield Waiting("rises", many, words % {"n": many}, reverse("problems:board"))


def said(request: HttpRequest) -> Iterable[Waiting]:
    """How much residents said about the unit's problems that nobody has read. One query."""
    account = request.user
    if isinstance(account, Account) and may(account, WORK):
        rows = Contribution.objects.filter(state=Heard.HELD, problem__unit=account.unit_id)
        many = rows.count()
        words = ngettext("%(n)s 条居民的话等您看", "%(n)s 条居民的话等您看", many)
        yield Waiting("contributions", many, words % {"n": many}, reverse("problems:board"))
