"""Where units patrol, and when; what was left out, and why."""

from gongzhi.analysis.patrol.checking import Checked, check
from gongzhi.analysis.patrol.following import follow
from gongzhi.analysis.patrol.nodes import trouble
from gongzhi.analysis.patrol.plan import (
    Absence,
    Idle,
    LeftOut,
    Plan,
    Reason,
    Rest,
    Route,
    Trouble,
    Visit,
)
from gongzhi.analysis.patrol.problem import Break, Problem, Stop, Unit, Window
from gongzhi.analysis.patrol.replanning import Away, Changes, replan
from gongzhi.analysis.patrol.solving import solve
from gongzhi.analysis.patrol.varying import overlap

__all__ = [
    "Absence", "Away", "Break", "Changes", "Checked", "Idle", "LeftOut", "Plan", "Problem",
    "Reason", "Rest", "Route", "Stop", "Trouble", "Unit", "Visit", "Window", "check", "follow",
    "overlap", "replan", "solve", "trouble",
]  # fmt: skip
