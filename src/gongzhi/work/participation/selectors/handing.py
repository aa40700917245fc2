"""Who decides when units don't agree whose a request is."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Unit
from gongzhi.base.ui.errors import Refused

HOTLINE = "hotline"


def deciding_unit() -> Unit:
    """The catch-all: the hotline's unit, else the bureau."""
    units = Unit.objects.filter(Q(code=HOTLINE) | Q(kind=Unit.Kind.BUREAU)).order_by("pk")
    found = sorted(units, key=lambda unit: unit.code != HOTLINE)
    if not found:
        raise Refused(_("本县还没有设立统筹单位。"), code="no_unit", status=409)
    return found[0]


def will_bounce(matter: Matter, taker: Unit) -> bool:
    """Whether the taker had it before and gave it away."""
    return matter.handovers.filter(giver=taker).exists()


def was_decided(matter: Matter) -> bool:
    """Whether the deciding unit has said whose it is."""
    return matter.handovers.filter(reason="decided", taker=matter.owner_unit).exists()


def is_disputed(matter: Matter) -> bool:
    """Whether it came to the deciding unit because the others didn't agree."""
    return matter.handovers.filter(reason="undecided").exists()
