"""Which units to send, for one incident or for several at once, and what that does to the cover."""

from gongzhi.analysis.dispatching.cover import Cover, Ground, Level, Loss
from gongzhi.analysis.dispatching.hypercube import Load
from gongzhi.analysis.dispatching.ranking import (
    Need,
    Option,
    Ranked,
    Reason,
    asking_for,
    clearly_better,
    cover_weight,
    distances,
    solve,
)

__all__ = [
    "Cover", "Ground", "Level", "Load", "Loss", "Need", "Option", "Ranked", "Reason",
    "asking_for", "clearly_better", "cover_weight", "distances", "solve",
]  # fmt: skip
