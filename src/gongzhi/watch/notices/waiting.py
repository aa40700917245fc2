"""Notices that can't be sent, told to whoever oversees them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.waiting import Waiting
from gongzhi.watch.notices.models import Notice
from gongzhi.watch.notices.permissions import OVERSEE
from gongzhi.watch.notices.states import State


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """Those that were given up and can be sent again. One query."""
    if not may(request.user, OVERSEE):
        return
    many = Notice.objects.filter(state=State.DEAD).exclude(address="").count()
    if many:
        words = ngettext("%(n)s 条消息发不出去", "%(n)s 条消息发不出去", many) % {"n": many}
        yield Waiting("dead", many, words, reverse("notices:notices"))
