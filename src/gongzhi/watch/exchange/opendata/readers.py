"""When a period is over, somebody is told that a version may be made. A person publishes."""

from __future__ import annotations

from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.log.actor import Actor
from gongzhi.base.log.jobs import every
from gongzhi.base.ui.errors import Refused
from gongzhi.watch.exchange.opendata.actions import note_due
from gongzhi.watch.exchange.opendata.drafting import due
from gongzhi.watch.exchange.opendata.selectors import waiting_of

HOUR = 3600.0
CALENDAR = Actor.system("opendata")


@every(HOUR, "opendata.due")
def look_for_what_is_due() -> int:
    """Note the datasets that have a new period to tell; how many. Quick when there is none."""
    noted = 0
    for recipe in catalogue().open_data.values():
        periods = [] if waiting_of(recipe.code) else due(recipe)
        try:
            noted += bool(periods) and note_due(CALENDAR, recipe, periods) is not None
        except Refused:  # another process noted it
            continue
    return noted
