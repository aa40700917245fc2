"""What the call-taker's pages and the actions read."""

from gongzhi.work.calls.selectors.calls import (
    answers_of,
    call_named,
    call_of_key,
    calls_of,
    calls_of_today,
    duty_desk,
    frequent_categories,
    incident_categories,
    likely_same,
    open_incident,
    others_for,
    taken_call,
    told_of,
    trials_of_today,
)

__all__ = [
    "answers_of", "call_named", "call_of_key", "calls_of", "calls_of_today", "duty_desk",
    "frequent_categories", "incident_categories", "likely_same", "open_incident", "others_for",
    "taken_call", "told_of", "trials_of_today",
]  # fmt: skip
