"""How long it takes from one place to another: over a network of ways, or estimated without one."""

from gongzhi.analysis.travel.conditions import Condition
from gongzhi.analysis.travel.county import Ways
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
from gongzhi.analysis.travel.sea import SeaRouter, sea_around
from gongzhi.analysis.travel.ways import Rank, Timetable, Way

__all__ = [
    "FERRY", "TURNOUT", "Condition", "Mode", "Network", "Rank", "Router", "SeaRouter", "Spot",
    "Timetable", "Trip", "Way", "Ways", "build", "metres_between", "sea_around", "trip",
]  # fmt: skip
