"""What is done with cases."""

from gongzhi.work.cases.actions.archiving import note_archived
from gongzhi.work.cases.actions.deeds import begin_deed, end_deed
from gongzhi.work.cases.actions.joining import join_cases, split_case
from gongzhi.work.cases.actions.opening import NewCase, hand_over_case, open_case
from gongzhi.work.cases.actions.parties import add_party, give_receipt
from gongzhi.work.cases.actions.steps import (
    approve_in_case,
    extend_in_case,
    leave_journey_out,
    take_case_step,
)
from gongzhi.work.cases.actions.team import finish_task, give_task, join_team, leave_team

__all__ = [
    "NewCase", "add_party", "approve_in_case", "begin_deed", "end_deed", "extend_in_case",
    "finish_task", "give_receipt", "give_task", "hand_over_case", "join_cases", "join_team",
    "leave_journey_out", "leave_team", "note_archived", "open_case", "split_case", "take_case_step",
]  # fmt: skip
