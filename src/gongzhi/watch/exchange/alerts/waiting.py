"""What an outside office proposed and somebody has to decide on."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.log.actions import now
from gongzhi.base.ui.waiting import Waiting
from gongzhi.watch.exchange.alerts.models import Heard
from gongzhi.work.prevention.warnings.permissions import WRITE


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """For whoever writes warnings: a grave one they can set aside, or fetch somebody. One query."""
    if not may(request.user, WRITE):
        return
    proposed = Heard.objects.filter(state=Heard.State.PROPOSED)
    many = proposed.exclude(expires__lte=now()).count()
    if many:
        words = ngettext("%(n)s 条外来预警等决定", "%(n)s 条外来预警等决定", many) % {"n": many}
        yield Waiting("proposed", many, words, reverse("alerts:outside"))
