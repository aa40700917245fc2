"""All that changes talks and surveys."""

from gongzhi.work.workforce.care.actions.pulses import answer_pulse, close_pulse, open_pulse
from gongzhi.work.workforce.care.actions.talks import (
    book,
    cancel,
    forget_over,
    offer_slot,
    withdraw_slot,
)

__all__ = [
    "answer_pulse", "book", "cancel", "close_pulse", "forget_over", "offer_slot", "open_pulse",
    "withdraw_slot",
]  # fmt: skip
