"""Nodes come to their end by themselves."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone

from gongzhi.base.log.actions import NothingRecorded, now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.patrol.nodes.actions import end_those_over
from gongzhi.work.patrol.nodes.models import Node


@every(600.0, "nodes.over")
def end_what_is_over() -> int:
    """End the nodes whose last day has passed; how many."""
    today = timezone.localdate(now())
    if not Node.objects.filter(ended_at=None, until__lt=today).exists():
        return 0
    with suppress(NothingRecorded):  # another process was quicker
        return end_those_over(Actor.system("patrol"), today)
    return 0
