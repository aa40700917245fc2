"""Reads of rises and problems that more than one page needs."""

from gongzhi.work.prevention.problems.selectors.assessing import Assessed, assess
from gongzhi.work.prevention.problems.selectors.rises import (
    Record,
    ShownRise,
    open_rises,
    record_of_rises,
)
from gongzhi.work.prevention.problems.selectors.suggesting import Suggested, suggest

__all__ = [
    "Assessed", "Record", "ShownRise", "Suggested", "assess", "open_rises", "record_of_rises",
    "suggest",
]  # fmt: skip
