"""What matters need done again and again while a county runs."""

from gongzhi.base.log.jobs import every
from gongzhi.base.matters.clocks.sweeping import sweep

SWEEP_SECONDS = 5.0
"""Well below the shortest limit, the minute in which the most urgent call is dispatched."""

every(SWEEP_SECONDS, "matters.clocks")(sweep)
