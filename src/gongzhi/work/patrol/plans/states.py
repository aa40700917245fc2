"""How far a plan is, what became of a stop, and why one is left out."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanState(TextChoices):
    """Where a plan stands."""

    PROPOSED = "proposed", _("提议")
    PUBLISHED = "published", _("已发布")
    REPLACED = "replaced", _("已被新的代替")
    WITHDRAWN = "withdrawn", _("已撤回")


class StopState(TextChoices):
    """What became of a stop."""

    PLANNED = "planned", _("还没到")
    THERE = "there", _("正在停留")
    DONE = "done", _("去过了")
    SKIPPED = "skipped", _("跳过")


class LeftOut(TextChoices):
    """Why nobody goes there in this plan."""

    NO_UNITS = "no_units", _("这个班次没有排出警单位")
    NO_FIT = "no_fit", _("这个班次没有合适的单位：要别的车、船，或者步巡")
    UNREACHABLE = "unreachable", _("在班的单位都过不去：没有路，也没有船")
    WINDOW = "window", _("时段比一次停留还短，谁去都不够")
    TOO_FAR = "too_far", _("太远：赶到那里，时段或者班次就过了")
    NO_SHIFT = "no_shift", _("时段里没有单位当班，或者几次要隔开，排不下")
    NO_TIME = "no_time", _("时间不够：时段里能去的单位都排满了")
    LESS = "less", _("时间不够：先保了更要紧的地方")
    TAKEN_OUT = "taken_out", _("编排的人去掉了")
    CALLED = "called", _("要去的单位出警了，别的单位赶不上")
    OFF_DUTY = "off_duty", _("要去的单位没上岗，别的单位赶不上")


class Away(TextChoices):
    """Why a unit doesn't patrol for now."""

    CALL = "call", _("出警")
    OFF_DUTY = "off_duty", _("没上岗")


MAY_EDIT = (PlanState.PROPOSED, PlanState.PUBLISHED)
OPEN = (StopState.PLANNED,)
