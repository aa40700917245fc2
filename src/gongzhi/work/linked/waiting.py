"""Partners that keep silent or are late, told to the desk that asked them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.linked.permissions import ASK
from gongzhi.work.linked.selectors.late import late_requests


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """For whoever asks partners: those that nobody has rung since they are late. One query."""
    if not may(request.user, ASK):
        return
    many = late_requests(unheard=True).count()
    if many:
        words = ngettext(
            "%(n)s 个联动单位没有按时答复或到场", "%(n)s 个联动单位没有按时答复或到场", many
        )
        yield Waiting("late", many, words % {"n": many}, reverse("linked:late"))
