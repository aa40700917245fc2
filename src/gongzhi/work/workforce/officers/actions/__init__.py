"""All that changes posts, who holds them, what people can do, and when they are away."""

from gongzhi.work.workforce.officers.actions.correcting import correct_line, strike_line
from gongzhi.work.workforce.officers.actions.leave import (
    ask_leave,
    decide_leave,
    forget_words,
    withdraw_leave,
)
from gongzhi.work.workforce.officers.actions.listing import (
    Outcome,
    Tried,
    drop_people,
    read_people,
    try_people,
    write_people,
)
from gongzhi.work.workforce.officers.actions.manning import Newcomer, man_unit
from gongzhi.work.workforce.officers.actions.posts import (
    NewPost,
    change_post,
    close_post,
    leave_post,
    open_post,
    take_post,
)
from gongzhi.work.workforce.officers.actions.reading import read_record
from gongzhi.work.workforce.officers.actions.records import (
    end_limit,
    end_skill,
    give_grade,
    record_skill,
    record_training,
    tell_limit,
    tell_service,
)
from gongzhi.work.workforce.officers.actions.welfare import check_done, commend, plan_check

__all__ = [
    "NewPost", "Newcomer", "Outcome", "Tried", "ask_leave", "change_post", "check_done",
    "close_post", "commend", "correct_line", "decide_leave", "drop_people", "end_limit",
    "end_skill", "forget_words", "give_grade", "leave_post", "man_unit", "open_post", "plan_check",
    "read_people", "read_record", "record_skill", "record_training", "strike_line", "take_post",
    "tell_limit", "tell_service", "try_people", "withdraw_leave", "write_people",
]  # fmt: skip
