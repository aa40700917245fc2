"""What matters need done again and again while a county runs."""

from gongzhi.base.log.jobs import every
from gongzhi.base.matters.clocks.sweeping import recount_provisional, sweep

SWEEP_SECONDS = 5.0
"""Well below the shortest limit, the minute in which the most urgent call is dispatched."""
DAY_SECONDS = 86_400.0

every(SWEEP_SECONDS, "matters.clocks")(sweep)
every(DAY_SECONDS, "matters.calendar")(recount_provisional)
