"""What goes on by itself: what closed accounts told of themselves is let go."""

from __future__ import annotations

from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.work.workforce.appraisal.actions import forget_backgrounds
from gongzhi.work.workforce.appraisal.models import Background

CLOCK = Actor.system("appraisal")
BATCH = 200


@every(3600.0, "appraisal.keeping")
def let_backgrounds_go() -> int:
    """Of accounts that are closed; how many."""
    keys = list(Background.objects.filter(account__is_active=False).values_list("pk", flat=True))
    return forget_backgrounds(CLOCK, keys[:BATCH]) if keys else 0
