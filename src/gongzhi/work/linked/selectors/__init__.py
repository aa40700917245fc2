"""What pages, the console and other programs read of linked response."""

from gongzhi.work.linked.selectors.partners import Suggestion, all_partners, suggested_partners
from gongzhi.work.linked.selectors.requests import requests_of, shown_request

__all__ = ["Suggestion", "all_partners", "requests_of", "shown_request", "suggested_partners"]
