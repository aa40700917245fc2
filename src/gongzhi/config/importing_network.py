"""``gongzhi import network``: roads, paths and ferries, for travel times."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from gongzhi.analysis.travel import Network, build, sea_around
from gongzhi.base.log.actor import Actor
from gongzhi.config.importing_files import Told, require_some, require_system, run
from gongzhi.config.way_files import ReadWays, read_ways
from gongzhi.work.dispatch.actions import use_network
from gongzhi.work.dispatch.lands import drawn_lands

BY = Actor.system("import")


def network_from(path: Path, *, crs: str, dry: bool) -> int:
    """Import the ways of a file in place of those before; the exit code."""

    def work(tell: Told) -> ReadWays:
        require_system(crs)
        found = read_ways(path, crs, tell)
        require_some(found)
        network = build(found.good)
        sea = sea_around(drawn_lands(settings.HOME.layers))
        if not dry:
            use_network(BY, network, settings.HOME.network, sea=sea)
        _tell(network, sea)
        return found

    return run(path, work, dry=dry)


def _tell(network: Network, sea: Network | None) -> None:
    boats = len(network.timetables)
    print(f"{network.nodes} nodes, {network.arcs} arcs, {boats} ferries")
    print(f"{sea.nodes} nodes at sea" if sea else _("没有画陆地的图层：船的时间按直线估算。"))
    parts = np.bincount(network.parts())
    if alone := int(parts[1:].sum()):
        told = _("有 %(n)s 个节点（%(parts)s 片）和主路网不相连：那里只当去不了。")
        print(told % {"n": alone, "parts": len(parts) - 1})
