"""What waits for somebody who judges rises."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.prevention.problems.models import Rise
from gongzhi.work.prevention.problems.permissions import JUDGE
from gongzhi.work.prevention.problems.states import RiseState


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """How many rises nobody has judged yet. One query."""
    if may(request.user, JUDGE):
        many = Rise.objects.filter(state=RiseState.OPEN).count()
        words = ngettext("%(n)s 处异常上升等您判断", "%(n)s 处异常上升等您判断", many)
        yield Waiting("rises", many, words % {"n": many}, reverse("problems:board"))
