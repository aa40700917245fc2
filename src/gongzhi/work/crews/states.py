"""What a phone can tell, what becomes of it, and why an emergency is over."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class What(TextChoices):
    """What a crew tells by its phone."""

    SET_OFF = "set_off", _("出发")
    ARRIVE = "arrive", _("到场")
    CLEAR = "clear", _("处置完毕")
    NOTE = "note", _("情况记录")
    PHOTO = "photo", _("现场照片")
    ELEMENT = "element", _("处置要素")
    STATE = "state", _("更细的状态")
    CHECK_IN = "check_in", _("报平安")
    EMERGENCY = "emergency", _("紧急求助")


class State(TextChoices):
    """What became of a report."""

    APPLIED = "applied", _("已登记")
    ALREADY = "already", _("早已登记")
    REFUSED = "refused", _("没有登记")


class Level(TextChoices):
    """How late an answer is."""

    QUIET = "", _("按时")
    WARN = "warn", _("超时")
    GRAVE = "grave", _("严重超时")


class Reason(TextChoices):
    """Why an emergency was stood down."""

    SAFE = "safe", _("已联系上，人员平安")
    HELPED = "helped", _("增援到达，险情排除")
    BY_MISTAKE = "by_mistake", _("误按")
    TEST = "test", _("测试、演练")
