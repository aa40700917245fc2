"""What a source's people have to look at: deliveries that are held, sources that are silent."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.waiting import Waiting
from gongzhi.watch.exchange.receiving.models import Batch, Line
from gongzhi.watch.exchange.receiving.permissions import VIEW, seen_by


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """For the unit that is responsible and for whoever keeps the data. Three queries at most."""
    if not may(request.user, VIEW):
        return
    codes = [one.code for one in seen_by(request.user) if not one.paused]
    where = reverse("receiving:sources")
    held = Batch.objects.filter(connector__in=codes, state=Batch.State.HELD).count()
    if held:
        words = ngettext("%(n)s 批数据等决定", "%(n)s 批数据等决定", held) % {"n": held}
        yield Waiting("held", held, words, where)
    lines = Line.objects.filter(connector__in=codes)
    silent = lines.exclude(silent_since=None).count()
    if silent:
        words = ngettext("%(n)s 个来源没有动静", "%(n)s 个来源没有动静", silent) % {"n": silent}
        yield Waiting("silent", silent, words, where)
    failing = lines.exclude(failing_since=None).count()
    if failing:
        words = ngettext("%(n)s 个来源取不到", "%(n)s 个来源取不到", failing) % {"n": failing}
        yield Waiting("failing", failing, words, where)
