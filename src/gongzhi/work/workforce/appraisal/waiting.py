"""What waits for those who answer objections, and for those whose sheet is open to read."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.workforce.appraisal.models import Objection
from gongzhi.work.workforce.appraisal.permissions import RUN


def objections_waiting(request: HttpRequest) -> Iterable[Waiting]:
    """How many objections have no answer yet. One query."""
    account = request.user
    if isinstance(account, Account) and may(account, RUN):
        many = Objection.objects.filter(answered_at=None).exclude(sheet__account=account).count()
        words = ngettext("%(n)s 个考评异议等答复", "%(n)s 个考评异议等答复", many)
        yield Waiting("objections", many, words % {"n": many}, reverse("appraisal:index"))
