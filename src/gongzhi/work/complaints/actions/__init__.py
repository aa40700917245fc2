"""What complainants do, and what those do who look into their complaints."""

from gongzhi.work.complaints.actions.following import ask_review, erase_words, withdraw_complaint
from gongzhi.work.complaints.actions.handling import name_unit, pass_on, take_complaint_step
from gongzhi.work.complaints.actions.telling import NewComplaint, complain

__all__ = [
    "NewComplaint", "ask_review", "complain", "erase_words", "name_unit", "pass_on",
    "take_complaint_step", "withdraw_complaint",
]  # fmt: skip
