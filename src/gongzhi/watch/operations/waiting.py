"""Parts of the platform that need somebody, told to its administrator."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.waiting import Waiting
from gongzhi.watch.operations.permissions import VIEW
from gongzhi.watch.operations.standing import BAD, standing


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """For whoever sees how it runs."""
    if not may(request.user, VIEW):
        return
    bad = sum(one.tone == BAD for one in standing())
    if bad:
        words = ngettext("%(n)s 处运行不正常", "%(n)s 处运行不正常", bad) % {"n": bad}
        yield Waiting("parts", bad, words, reverse("operations:now"))
