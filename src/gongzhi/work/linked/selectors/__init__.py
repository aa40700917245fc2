"""What pages, the console and other programs read of linked response."""

from gongzhi.work.linked.selectors.partners import (
    Suggestion,
    all_partners,
    carded_partners,
    suggested_partners,
)
from gongzhi.work.linked.selectors.requests import asked_of, requests_of, shown_request

__all__ = [
    "Suggestion", "all_partners", "asked_of", "carded_partners", "requests_of", "shown_request",
    "suggested_partners",
]  # fmt: skip
