"""How far a task is, and somebody's part in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskState(TextChoices):
    """Of a task."""

    OPEN = "open", _("招募中")
    CANCELLED = "cancelled", _("取消了")
    OVER = "over", _("结束了")


class Reason(TextChoices):
    """Why a task doesn't take place."""

    WEATHER = "weather", _("天气不好")
    TOO_FEW = "too_few", _("人不够")
    NOT_NEEDED = "not_needed", _("不需要了")


class Part(TextChoices):
    """Of somebody who signed up. Who didn't come is `cancelled` like anybody who gave it up:
    nothing tells the two apart."""

    WAITING = "waiting", _("候补")
    SIGNED = "signed", _("报上了")
    HERE = "here", _("到了")
    DONE = "done", _("做完了")
    CANCELLED = "cancelled", _("没有参加")


MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    Part.WAITING: (Part.CANCELLED,),
    Part.SIGNED: (Part.WAITING, Part.CANCELLED),
    Part.HERE: (Part.SIGNED,),
    Part.DONE: (Part.HERE,),
    Part.CANCELLED: (Part.WAITING, Part.SIGNED),
}
"""What each may follow on."""
TAKEN = (Part.SIGNED, Part.HERE, Part.DONE)
"""Parts that take one of the task's places."""
COMING = (Part.WAITING, Part.SIGNED, Part.HERE)
EARLY = timedelta(minutes=30)
"""So long before it starts somebody can say that they are there."""
AFTER = timedelta(hours=3)
"""So long after its end a task is settled by itself."""


class Words(TextChoices):
    """Of what a resident wrote: nobody else reads it before a person has looked."""

    HELD = "held", _("等人看过")
    SHOWN = "shown", _("转达了")
    REFUSED = "refused", _("没有转达")


class Age(TextChoices):
    """How old somebody says they are; kept is only whether they are of age."""

    ADULT = "18", _("满 18 岁")
    SIXTEEN = "16", _("16–17 岁")
    FOURTEEN = "14", _("14–15 岁")
    CHILD = "8", _("8–13 岁")
