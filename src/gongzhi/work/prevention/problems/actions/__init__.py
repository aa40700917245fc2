"""What can be done with rises and problems."""

from gongzhi.work.prevention.problems.actions.judging import confirm_rise, dismiss_rise
from gongzhi.work.prevention.problems.actions.looks import keep_look
from gongzhi.work.prevention.problems.actions.measures import (
    choose_comparison,
    plan_measure,
    settle_measure,
)
from gongzhi.work.prevention.problems.actions.opening import (
    open_as_seen,
    open_for_series,
)
from gongzhi.work.prevention.problems.actions.stages import (
    advance_problem,
    erase_problem_words,
    hand_over_problem,
    note_stage,
    send_problem_back,
    take_on_problem,
)

__all__ = [
    "advance_problem", "choose_comparison", "confirm_rise", "dismiss_rise", "erase_problem_words",
    "hand_over_problem",
    "keep_look", "note_stage", "open_as_seen", "open_for_series", "plan_measure",
    "send_problem_back", "settle_measure", "take_on_problem",
]  # fmt: skip
