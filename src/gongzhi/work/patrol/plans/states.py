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
    NEEDED = "needed", _("能去的单位一走，它那一片来了警情就赶不上")
    CALLED = "called", _("要去的单位出警了，别的单位赶不上")
    OFF_DUTY = "off_duty", _("要去的单位没上岗，别的单位赶不上")


class Idle(TextChoices):
    """Why a unit has no stop."""

    KIND = "kind", _("要去的地方都不是它能去的：要别的车、船，或者步巡")
    FAR = "far", _("要去的地方它都赶不上，或者过不去")
    NEEDED = "needed", _("它一走，这一片来了警情就赶不上，留在驻地")
    OTHERS = "others", _("它能去的，离得近的单位都去了")
    BREAK = "break", _("班次里排不下休息，也就排不了停留")
    HOME = "home", _("从驻地出发，班次结束前回不来")


class Away(TextChoices):
    """Why a unit doesn't patrol for now."""

    CALL = "call", _("出警")
    OFF_DUTY = "off_duty", _("没上岗")


MAY_EDIT = (PlanState.PROPOSED, PlanState.PUBLISHED)
OPEN = (StopState.PLANNED,)
