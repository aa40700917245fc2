"""What is done with calls: receiving them, calling back, handing on, putting right, erasing."""

from gongzhi.work.calls.actions.erasing import erase_incident
from gongzhi.work.calls.actions.here import (
    ask_here,
    leave_here,
    let_go_here,
    revoke_here,
    send_here,
    take_here,
)
from gongzhi.work.calls.actions.moving import merge_incidents, move_call, split_call
from gongzhi.work.calls.actions.paper import Slip, enter_slips
from gongzhi.work.calls.actions.premises import note_premises, remove_premise_note
from gongzhi.work.calls.actions.receiving import NewCall, receive_call
from gongzhi.work.calls.actions.referring import (
    accept_referred,
    ask_for_return,
    finish_referred,
    refer_incident,
    return_incident,
    take_back_incident,
)
from gongzhi.work.calls.actions.ringing import (
    ask_back,
    claim_ring,
    close_ring,
    hang_up,
    leave_ring,
    note_call_back,
    ring,
    see_number,
    take_ring,
)

__all__ = [
    "NewCall", "Slip", "accept_referred", "ask_back", "ask_for_return", "ask_here", "claim_ring",
    "close_ring", "enter_slips", "erase_incident", "finish_referred", "hang_up", "leave_here",
    "leave_ring", "let_go_here", "merge_incidents", "move_call", "note_call_back", "note_premises",
    "receive_call", "refer_incident", "remove_premise_note", "return_incident", "revoke_here",
    "ring", "see_number", "send_here", "split_call", "take_back_incident", "take_here",
    "take_ring",
]  # fmt: skip
