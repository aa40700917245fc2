"""Plain statistics for numbers that tell how it goes: intervals, control limits, case mix."""

from gongzhi.analysis.outcomes.charts import Chart, Point, Signal, chart
from gongzhi.analysis.outcomes.intervals import (
    mean_interval,
    median_interval,
    rate_interval,
    share_interval,
    share_tail,
)
from gongzhi.analysis.outcomes.mix import Compared, Part, compare

__all__ = [
    "Chart", "Compared", "Part", "Point", "Signal", "chart", "compare", "mean_interval",
    "median_interval", "rate_interval", "share_interval",
    "share_tail",
]  # fmt: skip
