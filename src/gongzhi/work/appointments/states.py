"""How far a booking is, and a number in the queue."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Of a booking, or of a wish for a day that is full."""

    WAITING = "waiting", _("等空位")
    OFFERED = "offered", _("给您留着，等您答复")
    BOOKED = "booked", _("约好了")
    ARRIVED = "arrived", _("到了")
    SERVED = "served", _("办完了")
    MISSED = "missed", _("过时没来")
    CANCELLED = "cancelled", _("取消了")
    LAPSED = "lapsed", _("没等到")


MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    State.OFFERED: (State.WAITING,),
    State.BOOKED: (State.OFFERED, State.BOOKED),
    State.ARRIVED: (State.BOOKED,),
    State.SERVED: (State.ARRIVED,),
    State.MISSED: (State.BOOKED, State.ARRIVED),
    State.CANCELLED: (State.WAITING, State.OFFERED, State.BOOKED),
    State.LAPSED: (State.WAITING, State.OFFERED),
}
"""What each may follow on."""
ENDED = (State.SERVED, State.MISSED, State.CANCELLED, State.LAPSED)


class Queue(models.TextChoices):
    """Of a number."""

    WAITING = "waiting", _("等叫号")
    CALLED = "called", _("在窗口")
    SERVED = "served", _("办完了")
    LEFT = "left", _("叫了没来")
