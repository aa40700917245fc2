"""What waits for the rights office."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.workforce.rights.models import Help
from gongzhi.work.workforce.rights.permissions import HANDLE


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """How much help hasn't been arranged yet. One query."""
    account = request.user
    if isinstance(account, Account) and may(account, HANDLE):
        many = Help.objects.filter(
            arranged_at=None, rights__matter__owner_unit=account.unit_id
        ).exclude(rights__account=account).count()  # fmt: skip
        words = ngettext("%(n)s 项帮助等安排", "%(n)s 项帮助等安排", many)
        yield Waiting("rights", many, words % {"n": many}, reverse("rights:index"))
