"""What can stand in a command lane: posts, and how far objectives and resources have come."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Post(TextChoices):
    """What somebody answers for."""

    COMMANDER = "commander", _("指挥长")
    DEPUTY = "deputy", _("副指挥长")
    LIAISON = "liaison", _("联络员")
    SAFETY = "safety", _("安全员")
    OPERATIONS = "operations", _("现场处置")
    LOGISTICS = "logistics", _("后勤保障")
    RESIDENTS = "residents", _("群众疏散安置")
    INFORMATION = "information", _("信息发布")
    RECORD = "record", _("记录员")


class Progress(TextChoices):
    """How far an objective has come."""

    OPEN = "open", _("进行中")
    MET = "met", _("已达成")
    DROPPED = "dropped", _("不再需要")


class Stand(TextChoices):
    """Where a resource is."""

    ASKED = "asked", _("已要")
    THERE = "there", _("在场")
    RELEASED = "released", _("已释放")


class Sort(TextChoices):
    """What a resource is. Units that are sent, and partners that are asked, stand by themselves."""

    SHELTER = "shelter", _("安置点")
    BOAT = "boat", _("船只")
    VEHICLE = "vehicle", _("车辆")
    MACHINE = "machine", _("机械、设备")
    SUPPLIES = "supplies", _("物资")
    PEOPLE = "people", _("人员（支援队伍）")


class Presence(TextChoices):
    """What is answered at a roll-call."""

    HERE = "here", _("在")
    TROUBLE = "trouble", _("有情况")


MAY_FOLLOW: dict[str, tuple[str, ...]] = {
    Stand.THERE: (Stand.ASKED,),
    Stand.RELEASED: (Stand.ASKED, Stand.THERE),
    Progress.MET: (Progress.OPEN,),
    Progress.DROPPED: (Progress.OPEN,),
}
"""What each may follow."""
