"""What a unit is doing, and what may follow it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """What a unit is doing."""

    OFF_DUTY = "off_duty", _("离岗")
    FREE = "free", _("空闲")
    DISPATCHED = "dispatched", _("已派出")
    EN_ROUTE = "en_route", _("途中")
    ON_SCENE = "on_scene", _("到场")
    BUSY = "busy", _("暂停接派")


AT_WORK = (Status.DISPATCHED, Status.EN_ROUTE, Status.ON_SCENE)
"""Those in which a unit has an incident."""

MAY_FOLLOW: dict[str, tuple[str, ...]] = {
    Status.OFF_DUTY: (Status.FREE, Status.BUSY),
    Status.FREE: (Status.OFF_DUTY, Status.BUSY, *AT_WORK),
    Status.DISPATCHED: (Status.FREE,),
    Status.EN_ROUTE: (Status.DISPATCHED,),
    Status.ON_SCENE: (Status.DISPATCHED, Status.EN_ROUTE),
    Status.BUSY: (Status.FREE,),
}

WORKED = ("incident", "drill")
"""Procedures whose matters units can be sent to. A test of the line is none of them."""
OPEN_TO_UNITS = ("received", "dispatched", "unassigned", "en_route", "on_scene")
"""Steps of an incident at which a unit can be sent to it."""
