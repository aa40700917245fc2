"""What changed where something was done, beside places where nothing was."""

from gongzhi.analysis.evaluation.comparing import (
    AFTER,
    BEFORE,
    LEFT_OUT,
    Change,
    Compared,
    Verdict,
    compare,
    phases,
)

__all__ = ["AFTER", "BEFORE", "LEFT_OUT", "Change", "Compared", "Verdict", "compare", "phases"]
