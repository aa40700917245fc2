"""What can be done with requests to partners."""

from gongzhi.work.linked.actions.answering import answer_request
from gongzhi.work.linked.actions.asking import (
    ask_partner,
    cancel_request,
    end_with_incident,
    move_requests,
    phone_partner,
)
from gongzhi.work.linked.actions.opening import make_link, open_contact
from gongzhi.work.linked.actions.overdue import note_overdue

__all__ = [
    "answer_request", "ask_partner", "cancel_request", "end_with_incident", "make_link",
    "move_requests", "note_overdue", "open_contact", "phone_partner",
]  # fmt: skip
