"""What the pages and actions of participation read."""

from gongzhi.work.participation.selectors.categories import request_categories, unit_for
from gongzhi.work.participation.selectors.following import (
    followers_of,
    matter_followed,
    receipt_of,
    receipt_with,
)
from gongzhi.work.participation.selectors.handing import (
    deciding_unit,
    is_disputed,
    was_decided,
    will_bounce,
)

__all__ = [
    "deciding_unit", "followers_of", "is_disputed", "matter_followed", "receipt_of", "receipt_with",
    "request_categories", "unit_for", "was_decided", "will_bounce",
]  # fmt: skip
