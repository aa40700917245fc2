"""Reminding the unit in charge: once a day, by a resident who waits or by whoever coordinates."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.access.permissions import require
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.base.matters.models import Matter
from gongzhi.base.ui.errors import Refused
from gongzhi.work.participation.events import REMINDED
from gongzhi.work.participation.models import Receipt
from gongzhi.work.participation.selectors import matter_followed
from gongzhi.work.participation.selectors.reminding import may_be_reminded, was_reminded

REMIND = "participation.view_routing"


@action
def remind_of_own(by: Actor, receipt: Receipt) -> Matter:
    """A resident who follows it asks for it to go on. Once a day for all who follow it."""
    return _remind(matter_followed(receipt), resident=True)


@action
def remind_unit(by: Actor, matter: Matter) -> Matter:
    """Whoever coordinates asks the unit to go on with it."""
    require(by, REMIND)
    return _remind(matter, resident=False)


def _remind(matter: Matter, *, resident: bool) -> Matter:
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if not may_be_reminded(held):
        wrong = _("现在不用催：刚有进展，或者已经有结果了。")
        raise Refused(wrong, code="nothing_to_remind", status=409)
    if was_reminded(held):
        raise Refused(_("今天已经催过了，承办单位看得到。"), code="reminded_today", status=429)
    record(REMINDED, held, resident=resident)
    return held
