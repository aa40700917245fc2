"""How many requests about people's own data nobody has taken up."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.people.models import Account
from gongzhi.base.ui.waiting import Waiting
from gongzhi.work.personal.permissions import known_to


def waiting(request: HttpRequest) -> Iterator[Waiting]:
    """Those that nobody has taken up yet; for whoever may."""
    if not isinstance(request.user, Account):
        return
    many = known_to(request.user).filter(matter__step="received").count()
    words = ngettext("%(n)s 件个人信息请求等人接手", "%(n)s 件个人信息请求等人接手", many)
    yield Waiting("personal", many, words % {"n": many}, reverse("personal:requests"))
