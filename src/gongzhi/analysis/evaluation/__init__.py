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
from gongzhi.analysis.evaluation.displacement import (
    Displaced,
    Weighed,
    displaced,
    weighed,
)

__all__ = [
    "AFTER", "BEFORE", "LEFT_OUT", "Change", "Compared", "Displaced", "Verdict", "Weighed",
    "compare", "displaced", "phases", "weighed",
]  # fmt: skip
