"""What can be done about matters of several units."""

from gongzhi.work.joint.actions.emergency import hand_to_110
from gongzhi.work.joint.actions.ladders import escalate, see_escalation
from gongzhi.work.joint.actions.outside import answer_outside, ask_outside, end_link
from gongzhi.work.joint.actions.parts import (
    decline_part,
    end_with_lead,
    finish_part,
    recall_part,
    split_off,
    take_part,
)
from gongzhi.work.joint.actions.same import go_on_joining, join_all, keep_same, take_apart

__all__ = [
    "answer_outside", "ask_outside", "decline_part", "end_link", "end_with_lead", "escalate",
    "finish_part", "go_on_joining", "hand_to_110", "join_all", "keep_same", "recall_part",
    "see_escalation", "split_off", "take_apart", "take_part",
]  # fmt: skip
