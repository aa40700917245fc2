"""Reminding a unit that a request waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.base.access.asker import by_of
from gongzhi.base.access.marks import public, staff
from gongzhi.base.access.throttle import throttled
from gongzhi.base.log.actor import Actor
from gongzhi.work.participation.actions import remind_of_own, remind_unit
from gongzhi.work.participation.actions.reminding import REMIND
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.pages.answering import done, opened
from gongzhi.work.participation.pages.kept import own_deed


@public
@require_POST
@throttled("remind", tries=10, seconds=600)
@own_deed("resident_request")
def remind(request: HttpRequest, receipt: Receipt) -> str:
    """A resident who waits."""
    remind_of_own(Actor.resident(), receipt)
    return _("已经催了承办单位。")


@staff(REMIND)
@require_POST
def remind_one(request: HttpRequest, key: int) -> HttpResponse:
    """Whoever coordinates."""
    remind_unit(by_of(request), opened(request, key))
    return done(request, key, _("已催办。"))
