"""What if: a county as a simulation of calls, units, ways and shifts (`docs/explanation`)."""

from gongzhi.analysis.simulation import changing
from gongzhi.analysis.simulation.calling import DAY, HOUR, YEAR
from gongzhi.analysis.simulation.county import (
    ALWAYS,
    HOURS_A_WEEK,
    MONTHS,
    Calls,
    County,
    Factor,
    Scenario,
    Stop,
    Unit,
    Want,
    Ways,
    duty_of,
)
from gongzhi.analysis.simulation.intervals import Comparison, Estimate, Outcome
from gongzhi.analysis.simulation.laws import Duration
from gongzhi.analysis.simulation.running import REPEATS, Repeats, compare, joined, simulate
from gongzhi.analysis.simulation.tallies import MEASURES, QUANTILES, Shape, Tally, shape_of

__all__ = [
    "ALWAYS", "DAY", "HOUR", "HOURS_A_WEEK", "MEASURES", "MONTHS", "QUANTILES", "REPEATS", "YEAR",
    "Calls", "Comparison", "County", "Duration", "Estimate", "Factor", "Outcome", "Repeats",
    "Scenario", "Shape", "Stop", "Tally", "Unit", "Want", "Ways", "changing", "compare", "duty_of",
    "joined", "shape_of", "simulate",
]  # fmt: skip
