"""A hook that was given up and letters set aside, told to whoever manages keys."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from gongzhi.base.access.permissions import may
from gongzhi.base.ui.waiting import Waiting
from gongzhi.watch.exchange.webhooks.actions import MANAGE
from gongzhi.watch.exchange.webhooks.models import Delivery, Hook


def waiting(request: HttpRequest) -> Iterable[Waiting]:
    """For whoever manages the programs' keys. Two queries."""
    if not may(request.user, MANAGE):
        return
    many = Hook.objects.filter(ended_at=None, disabled_at__isnull=False).count()
    aside = Delivery.objects.filter(hook__ended_at=None, dead_at__isnull=False).count()
    if aside:
        words = ngettext("%(n)s 条对方不收", "%(n)s 条对方不收", aside) % {"n": aside}
        yield Waiting("letters", aside, words, reverse("webhooks:hooks"))
    if many:
        words = ngettext("%(n)s 条推送停了", "%(n)s 条推送停了", many) % {"n": many}
        yield Waiting("hooks", many, words, reverse("webhooks:hooks"))
