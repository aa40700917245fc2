"""Reads of series and topics."""

from gongzhi.work.prevention.linking.selectors.facts import SMALLEST, WINDOW, found_among
from gongzhi.work.prevention.linking.selectors.lists import series_of, topics_for
from gongzhi.work.prevention.linking.selectors.shown import Reason, Shown, shown

__all__ = [
    "SMALLEST", "WINDOW", "Reason", "Shown", "found_among", "series_of", "shown", "topics_for",
]  # fmt: skip
