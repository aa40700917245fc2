"""What waits beside “公共数据” on the rail."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.waiting import Waiting
from gongzhi.watch.exchange.opendata.models import Version
from gongzhi.watch.exchange.opendata.permissions import CONFIRM, PROPOSE


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """Versions that may be prepared, for whoever prepares; those that wait for a second person, for
    everybody but who prepared them. Two queries at most."""
    where = reverse("opendata:board")
    if may(request.user, PROPOSE):
        due = Version.objects.filter(state=Version.State.DUE).count()
        if due:
            words = ngettext("%(n)s 个数据集该出新版本", "%(n)s 个数据集该出新版本", due) % {
                "n": due
            }
            yield Waiting("due", due, words, where)
    if may(request.user, CONFIRM):
        ready = Version.objects.filter(state=Version.State.PROPOSED)
        many = ready.exclude(proposed_by=request.user.pk).count()
        if many:
            words = ngettext("%(n)s 个新版本等您审核", "%(n)s 个新版本等您审核", many) % {"n": many}
            yield Waiting("proposed", many, words, where)
