"""Where more happens than chance would have it: density, local statistics, near repeats."""

from gongzhi.analysis.hotspots.classes import Kind, classify, trend
from gongzhi.analysis.hotspots.concentration import Concentration, concentration
from gongzhi.analysis.hotspots.density import Surface, density, metres
from gongzhi.analysis.hotspots.local import (
    Local,
    Neighbours,
    discoveries,
    getis_ord,
    local_moran,
    rings,
)
from gongzhi.analysis.hotspots.repeats import Repeats, near_repeats
from gongzhi.analysis.hotspots.rises import Rise, rises
from gongzhi.analysis.hotspots.streets import AlongStreets, Streets, reachable, street_density

__all__ = [
    "AlongStreets", "Concentration", "Kind", "Local", "Neighbours", "Repeats", "Rise", "Streets",
    "Surface", "classify", "concentration", "density", "discoveries", "getis_ord", "local_moran",
    "metres", "near_repeats", "reachable", "rings", "rises", "street_density", "trend",
]  # fmt: skip
