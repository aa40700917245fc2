"""What can be done with a command lane."""

from gongzhi.work.command.actions.lanes import (
    close_lane,
    erase_words,
    join_incident,
    open_lane,
)
from gongzhi.work.command.actions.rolls import answer_roll, end_roll, start_roll
from gongzhi.work.command.actions.running import (
    ask_resource,
    end_objective,
    finish_lesson,
    give_post,
    log_words,
    move_resource,
    set_objective,
    state_lesson,
)

__all__ = [
    "answer_roll", "ask_resource", "close_lane", "end_objective", "end_roll", "erase_words",
    "finish_lesson", "give_post", "join_incident", "log_words", "move_resource", "open_lane",
    "set_objective", "start_roll", "state_lesson",
]  # fmt: skip
