"""Through what somebody is told, how often, and what became of a notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Where a notice goes."""

    SMS = "sms", _("短信")
    EMAIL = "email", _("电子邮件")
    PUSH = "push", _("手机、电脑弹出通知")
    FEED = "feed", _("订阅源（RSS 阅读器）")
    ROBOT = "robot", _("工作群机器人")
    WEIXIN = "weixin", _("微信")


class Pace(models.TextChoices):
    """How often."""

    NOW = "now", _("有消息就告诉我")
    DAILY = "daily", _("每天汇总一次")
    WEEKLY = "weekly", _("每周一汇总一次")


class State(models.TextChoices):
    """What became of a notice."""

    HELD = "held", _("等汇总")
    WAITING = "waiting", _("等着发")
    SENT = "sent", _("发出")
    MERGED = "merged", _("进了汇总")
    DEAD = "dead", _("发不出去")
    DROPPED = "dropped", _("不用发了")


class About(models.TextChoices):
    """What a subscription is about."""

    MATTER = "matter", _("一件事的进展")
    WARNINGS = "warnings", _("预警")
    PLACE = "place", _("一个地点的预警")
    TOPIC = "topic", _("一类消息")
    NEARBY = "nearby", _("一个地方的事")
    DUTY = "duty", _("本单位的事（工作人员）")


OPEN = (State.HELD, State.WAITING)
"""Still to be told: these have an address and words, sealed."""
