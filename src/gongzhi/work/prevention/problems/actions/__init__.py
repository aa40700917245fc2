"""What can be done with rises and problems."""

from gongzhi.work.prevention.problems.actions.interventions import (
    choose_comparison,
    plan_intervention,
    settle_intervention,
)
from gongzhi.work.prevention.problems.actions.judging import confirm_rise, dismiss_rise
from gongzhi.work.prevention.problems.actions.looks import keep_look
from gongzhi.work.prevention.problems.actions.opening import (
    open_as_seen,
    open_for_series,
)
from gongzhi.work.prevention.problems.actions.residents import (
    OpenText,
    answer_contribution,
    close_to_residents,
    contribute,
    look_at_contribution,
    publish_open_words,
    take_back,
    write_open_words,
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
    "OpenText", "advance_problem", "answer_contribution", "choose_comparison",
    "close_to_residents", "confirm_rise", "contribute", "dismiss_rise", "erase_problem_words",
    "hand_over_problem", "keep_look", "look_at_contribution", "note_stage", "open_as_seen",
    "open_for_series", "plan_intervention", "publish_open_words", "send_problem_back",
    "settle_intervention", "take_back", "take_on_problem", "write_open_words",
]  # fmt: skip
