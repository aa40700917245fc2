"""What can be done with findings."""

from gongzhi.watch.supervision.actions.answering import (
    accept_finding,
    answer_finding,
    escalate_finding,
    send_finding_back,
)
from gongzhi.watch.supervision.actions.raising import miss_answers, raise_findings
from gongzhi.watch.supervision.actions.recording import register_recording
from gongzhi.watch.supervision.actions.reviewing import draw_cases, review_case

__all__ = [
    "accept_finding", "answer_finding", "draw_cases", "escalate_finding", "miss_answers",
    "raise_findings", "register_recording", "review_case", "send_finding_back",
]  # fmt: skip
