"""What residents do with their requests, and what the units that answer them do."""

from gongzhi.work.participation.actions.answering import (
    ask_resident,
    merge_requests,
    note_down,
    send_on,
    start_request,
    take_up,
)
from gongzhi.work.participation.actions.closing import answer_request, plan_request
from gongzhi.work.participation.actions.erasing import erase_own
from gongzhi.work.participation.actions.filing import file_request, join_request
from gongzhi.work.participation.actions.following import (
    judge_outcome,
    rate_handling,
    reply_to_question,
    withdraw_request,
)
from gongzhi.work.participation.actions.lapsing import lapse
from gongzhi.work.participation.actions.reminding import remind_of_own, remind_unit
from gongzhi.work.participation.actions.sorting import sort_anew
from gongzhi.work.participation.actions.thanking import thank_helpers

__all__ = [
    "answer_request", "ask_resident", "erase_own", "file_request", "join_request", "judge_outcome",
    "lapse", "merge_requests", "note_down", "plan_request", "rate_handling", "remind_of_own",
    "remind_unit", "reply_to_question", "send_on", "sort_anew", "start_request", "take_up",
    "thank_helpers", "withdraw_request",
]  # fmt: skip
