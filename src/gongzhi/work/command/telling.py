"""How a command lane reads on the timelines of its incidents."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.matters.timeline import Fields, Line, tells
from gongzhi.work.command.models import Lane


@tells("command.incident_joined")
def _joined(matter: Matter, fields: Fields) -> Line:
    return Line(_("由指挥专班 %(lane)s 指挥") % {"lane": _number(fields)}, "flag", "warn")


@tells("command.lane_ended")
def _ended(matter: Matter, fields: Fields) -> Line:
    return Line(_("指挥专班 %(lane)s 撤销") % {"lane": _number(fields)}, "flag")


def _number(fields: Fields) -> str:
    return str(Lane.objects.filter(pk=fields["lane"]).first() or fields["lane"])
