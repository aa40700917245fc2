"""Counts of facts by cell, time and category: one definition for DuckDB and Spark, and compiled."""

from gongzhi.analysis.panel.clock import Clock, Hours, HoursOfWeek, Shifts, periods
from gongzhi.analysis.panel.counties import BY, count_counties
from gongzhi.analysis.panel.engines import NAMES, Engine, Missing, engine
from gongzhi.analysis.panel.icosahedron import Box
from gongzhi.analysis.panel.panels import Cells, count, lattice
from gongzhi.analysis.panel.region import Refused, Region

__all__ = [
    "BY", "NAMES", "Box", "Cells", "Clock", "Engine", "Hours", "HoursOfWeek", "Missing", "Refused",
    "Region", "Shifts", "count", "count_counties", "engine", "lattice", "periods",
]  # fmt: skip
