"""Reads of warnings: for residents, for those who write them, for other rooms."""

from gongzhi.work.prevention.warnings.selectors.closed import Closed, closed_areas
from gongzhi.work.prevention.warnings.selectors.standing import (
    ended_lately,
    forget_standing,
    standing,
)

__all__ = ["Closed", "closed_areas", "ended_lately", "forget_standing", "standing"]
