"""What posts, grades, absences and requests for leave can be."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Line(TextChoices):
    """Whether a post is at the front line or behind it."""

    FRONT = "front", _("一线")
    HEADQUARTERS = "headquarters", _("机关")


class Grade(TextChoices):
    """警衔, by the Regulation on Police Ranks (《人民警察警衔条例》第七条): the law has them, so no
    county's file. The lowest first."""

    CONSTABLE_2 = "constable_2", _("二级警员")
    CONSTABLE_1 = "constable_1", _("一级警员")
    INSPECTOR_3 = "inspector_3", _("三级警司")
    INSPECTOR_2 = "inspector_2", _("二级警司")
    INSPECTOR_1 = "inspector_1", _("一级警司")
    SUPERINTENDENT_3 = "superintendent_3", _("三级警督")
    SUPERINTENDENT_2 = "superintendent_2", _("二级警督")
    SUPERINTENDENT_1 = "superintendent_1", _("一级警督")
    COMMISSIONER_3 = "commissioner_3", _("三级警监")
    COMMISSIONER_2 = "commissioner_2", _("二级警监")
    COMMISSIONER_1 = "commissioner_1", _("一级警监")
    DEPUTY_GENERAL = "deputy_general", _("副总警监")
    GENERAL = "general", _("总警监")


class Cannot(TextChoices):
    """What somebody can't do for a time."""

    AWAY = "away", _("不在单位（借调、集训）")
    NO_NIGHTS = "no_nights", _("不排夜班")
    LIGHT_DUTY = "light_duty", _("只做轻便工作")


class LeaveState(TextChoices):
    """How far a request for leave is."""

    ASKED = "asked", _("等待审批")
    GRANTED = "granted", _("同意了")
    REFUSED = "refused", _("没有同意")
    WITHDRAWN = "withdrawn", _("撤回了")


MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    LeaveState.GRANTED: (LeaveState.ASKED,),
    LeaveState.REFUSED: (LeaveState.ASKED,),
    LeaveState.WITHDRAWN: (LeaveState.ASKED, LeaveState.GRANTED),
}
"""What each may follow on."""


class Purpose(TextChoices):
    """What somebody's record may be opened for. There is no “other”."""

    ROSTER = "roster", _("排班")
    LEAVE = "leave", _("审批请假")
    TRAINING = "training", _("安排培训、换证")
    PERSONNEL = "personnel", _("办理人事手续")
