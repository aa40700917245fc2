"""What waits for somebody who draws areas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from gongzhi.base.log.actions import now
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.patrol.nodes.models import Node

SOON = timedelta(days=3)


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """How many nodes of this person's end in the next days. One query."""
    today = timezone.localdate(now())
    mine = Node.objects.filter(ended_at=None, owner_id=getattr(request.user, "pk", None))
    many = mine.filter(until__range=(today, today + SOON)).count()
    words = ngettext("您设的 %(n)s 处巡逻点快到期了", "您设的 %(n)s 处巡逻点快到期了", many)
    yield Waiting("nodes", many, words % {"n": many}, reverse("nodes:nodes"))
