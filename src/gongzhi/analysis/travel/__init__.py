"""How long it takes from one place to another: over a network of ways, or estimated without one."""

from gongzhi.analysis.travel.estimate import (
    FERRY,
    TURNOUT,
    Mode,
    Spot,
    Trip,
    metres_between,
    trip,
)
from gongzhi.analysis.travel.network import Network, build
from gongzhi.analysis.travel.router import Router
from gongzhi.analysis.travel.ways import Rank, Timetable, Way

__all__ = [
    "FERRY", "TURNOUT", "Mode", "Network", "Rank", "Router", "Spot", "Timetable", "Trip", "Way",
    "build", "metres_between", "trip",
]  # fmt: skip
