"""What can be done with findings."""

from gongzhi.watch.supervision.actions.answering import (
    accept_finding,
    answer_finding,
    escalate_finding,
    send_finding_back,
)
from gongzhi.watch.supervision.actions.raising import miss_answers, raise_findings

__all__ = [
    "accept_finding", "answer_finding", "escalate_finding", "miss_answers", "raise_findings",
    "send_finding_back",
]  # fmt: skip
