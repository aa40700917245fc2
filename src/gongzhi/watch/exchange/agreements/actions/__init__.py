"""Asking for data, consenting to it, giving it, ending it."""

from gongzhi.watch.exchange.agreements.actions.asking import ask_sharing, withdraw_sharing
from gongzhi.watch.exchange.agreements.actions.consenting import consent_sharing, refuse_sharing
from gongzhi.watch.exchange.agreements.actions.ending import (
    end_sharing,
    expire_sharing,
    loose_key,
    remind_sharing,
)
from gongzhi.watch.exchange.agreements.actions.giving import (
    answer_question,
    give_rows,
    note_refusal,
)
from gongzhi.watch.exchange.agreements.actions.keys import bind_key

__all__ = [
    "answer_question", "ask_sharing", "bind_key", "consent_sharing", "end_sharing",
    "expire_sharing", "give_rows", "loose_key", "note_refusal", "refuse_sharing",
    "remind_sharing", "withdraw_sharing",
]  # fmt: skip
