"""Every day is looked at once, as soon as it is over."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongzhi.base.log.actions import now
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.ui.errors import Refused
from gongzhi.work.prevention.problems.actions import keep_look
from gongzhi.work.prevention.problems.looking import allowed_chance, harms, look
from gongzhi.work.prevention.problems.models import Look, Rise

SECONDS = 600.0
ANALYSIS = Actor.system("analysis")


@every(SECONDS, "problems.rises", lease=3600)
def look_for_rises() -> int:
    """Look at yesterday, unless it was; how many rises are open then.

    Nothing is kept before everything was looked at: whoever dies half-way leaves no trace, and
    the next turn looks again, with the same result.
    """
    day = timezone.localdate(now(), timezone.get_default_timezone()) - timedelta(days=1)
    if not Look.objects.filter(day=day).exists():
        categories = harms()
        allowed = allowed_chance(len(categories))
        seen = [one for about in categories for one in look(about, day, allowed=allowed)]
        try:
            keep_look(ANALYSIS, day, seen, categories=len(categories), allowed=allowed)
        except Refused:  # another process was quicker
            return 0
    return Rise.objects.filter(state="open").count()
