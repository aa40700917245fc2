"""What residents do with bookings, counters with the queue, and time with both."""

from gongzhi.work.appointments.actions.booking import (
    NewBooking,
    accept_offer,
    book,
    cancel,
    forget,
    move,
    wait_for_day,
)
from gongzhi.work.appointments.actions.line import forget_old, lapse, miss, offer, reopen
from gongzhi.work.appointments.actions.queue import (
    arrive,
    call_next,
    hand_on,
    leave,
    read_contact,
    serve,
    take_number,
)

__all__ = [
    "NewBooking", "accept_offer", "arrive", "book", "call_next", "cancel", "forget", "forget_old",
    "hand_on", "lapse", "leave", "miss", "move", "offer", "read_contact", "reopen", "serve",
    "take_number", "wait_for_day",
]  # fmt: skip
