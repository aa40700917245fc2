"""Reads of warnings: for residents, for those who write them, for other rooms."""

from gongzhi.work.prevention.warnings.selectors.standing import (
    ended_lately,
    forget_standing,
    standing,
)

__all__ = ["ended_lately", "forget_standing", "standing"]
