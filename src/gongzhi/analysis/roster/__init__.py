"""Who works when: rosters from demand, skills, rules and wishes; their repair; and why not."""

from gongzhi.analysis.roster.checking import (
    BUILT_IN,
    Violation,
    burden,
    cost,
    holds,
    minutes,
    parts,
    present,
    violations,
)
from gongzhi.analysis.roster.demand import burden_of, demand_of_hours
from gongzhi.analysis.roster.explaining import Conflict, Explanation, explain
from gongzhi.analysis.roster.problem import (
    Burden,
    Demand,
    Held,
    Kind,
    Officer,
    Pin,
    Problem,
    Roster,
    Rule,
    Share,
    Shift,
    Wish,
)
from gongzhi.analysis.roster.reading import read
from gongzhi.analysis.roster.repairing import Absence, Change, Repair, repair
from gongzhi.analysis.roster.solving import Progress, Result, solve

__all__ = [
    "BUILT_IN", "Absence", "Burden", "Change", "Conflict", "Demand", "Explanation", "Held", "Kind",
    "Officer", "Pin", "Problem", "Progress", "Repair", "Result", "Roster", "Rule", "Share", "Shift",
    "Violation", "Wish", "burden", "burden_of", "cost", "demand_of_hours", "explain", "holds",
    "minutes", "parts", "present", "read", "repair", "solve", "violations",
]  # fmt: skip
