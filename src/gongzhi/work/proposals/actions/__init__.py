"""What residents and staff do where people take part."""

from gongzhi.work.proposals.actions.consulting import (
    answer_consultation,
    open_consultation,
    publish_decision,
)
from gongzhi.work.proposals.actions.counters import give_right, sign_for_right
from gongzhi.work.proposals.actions.leading import (
    ask_costing,
    end_promise,
    lapse_proposal,
    lead_proposal,
    note_missed_promises,
    promise,
    put_to_vote,
    tell_progress,
)
from gongzhi.work.proposals.actions.moderating import (
    appeal,
    decide_appeal,
    flag_text,
    forget_removed,
    leave_text,
    remove_text,
)
from gongzhi.work.proposals.actions.proposing import (
    answer_officially,
    comment,
    erase_comment,
    erase_proposal,
    forget_told,
    propose,
    support_by_phone,
    support_proposal,
    withdraw_proposal,
)
from gongzhi.work.proposals.actions.votes import (
    NewVote,
    count_vote,
    open_vote,
    plan_vote,
    stop_vote,
)
from gongzhi.work.proposals.actions.voting import PURPOSE, cast_ballot, sign_ballot, sign_for_phone

__all__ = [
    "PURPOSE", "NewVote", "answer_consultation", "answer_officially", "appeal", "ask_costing",
    "cast_ballot", "comment", "count_vote", "decide_appeal", "end_promise", "erase_comment",
    "erase_proposal", "flag_text", "forget_removed", "forget_told", "give_right", "lapse_proposal",
    "lead_proposal", "leave_text", "note_missed_promises", "open_consultation", "open_vote",
    "plan_vote", "promise", "propose", "publish_decision", "put_to_vote", "remove_text",
    "sign_ballot", "sign_for_phone", "sign_for_right", "stop_vote", "support_by_phone",
    "support_proposal",
    "tell_progress", "withdraw_proposal",
]  # fmt: skip
