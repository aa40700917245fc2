"""All that changes tasks and parts in them."""

from gongzhi.work.volunteering.actions.attending import come, finish, mark_part, settle_task
from gongzhi.work.volunteering.actions.joining import NewVolunteer, give_up, join, sign_up
from gongzhi.work.volunteering.actions.people import (
    forget,
    forget_old,
    read_contact,
    record_training,
)
from gongzhi.work.volunteering.actions.tasks import NewTask, cancel_task, open_task, thank
from gongzhi.work.volunteering.actions.thanking import look_at_thanks, send_thanks

__all__ = [
    "NewTask", "NewVolunteer", "cancel_task", "come", "finish", "forget", "forget_old", "give_up",
    "join", "look_at_thanks", "mark_part", "open_task", "read_contact", "record_training",
    "send_thanks", "settle_task", "sign_up", "thank",
]  # fmt: skip
