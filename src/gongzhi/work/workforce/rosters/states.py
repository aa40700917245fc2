"""What state a roster, its making, an offer and a repair are in."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Who sees a roster."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")


class Work(TextChoices):
    """How far the computer is with it."""

    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("正在排")
    STOPPED = "stopped", _("停下了")
    DONE = "done", _("排好了")
    FAILED = "failed", _("排不出来")


class OfferState(TextChoices):
    """How far an offer of a shift is."""

    OPEN = "open", _("等人接")
    TAKEN = "taken", _("等负责人同意")
    DONE = "done", _("换好了")
    REFUSED = "refused", _("没有同意")
    WITHDRAWN = "withdrawn", _("撤回了")


class RepairState(TextChoices):
    """How far a proposal is."""

    PROPOSED = "proposed", _("等负责人决定")
    ACCEPTED = "accepted", _("按方案补了")
    UNFILLED = "unfilled", _("没有补人")
    DROPPED = "dropped", _("照原来的班")


ABSENT = (RepairState.PROPOSED, RepairState.ACCEPTED, RepairState.UNFILLED)
"""States in which somebody is counted as not there on those days."""
