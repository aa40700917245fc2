"""``gongzhi import network``: roads, paths and ferries, for travel times."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console

from gongzhi.analysis.travel import Network, build
from gongzhi.base.log.actor import Actor
from gongzhi.base.places.coordinates import known_system
from gongzhi.base.ui.errors import Refused
from gongzhi.config.importing import bar, spoken
from gongzhi.config.way_files import ReadWays, read_ways
from gongzhi.work.dispatch.actions import use_network

BY = Actor.system("import")


def network_from(path: Path, *, crs: str, dry: bool) -> int:
    """Import the ways of a file in place of those before; the exit code."""
    with translation.override(spoken()):
        try:
            found = _read(path, crs)
            network = build(found.good)
        except Refused as refused:
            Console(stderr=True).print(str(refused), style="red", highlight=False, soft_wrap=True)
            return 2
        if not dry:
            use_network(BY, network, settings.HOME.network)
        _tell(path, found, network, dry=dry)
    return 0


def _read(path: Path, crs: str) -> ReadWays:
    if not known_system(crs):
        raise Refused(_("没有叫“%(crs)s”的坐标系。") % {"crs": crs}, code="crs")
    with bar() as progress:
        task = progress.add_task(path.name, total=1.0, counts="")
        found = read_ways(path, crs, lambda share: progress.update(task, completed=share))
        progress.update(task, completed=1.0)
    if not found.good:
        said = _("文件里没有道路、小路或者渡船，什么都没有改。")
        if found.bad:
            said += _("第 %(n)s 行：%(reason)s") % {"n": found.bad[0][0], "reason": found.bad[0][2]}
        raise Refused(said, code="nothing_usable")
    return found


def _tell(path: Path, found: ReadWays, network: Network, *, dry: bool) -> None:
    rejected = Path(f"{path.name}.rejected.csv")
    rejected.unlink(missing_ok=True)
    if found.bad:
        with rejected.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([("row", "code", "reason"), *found.bad])
        print(_("未导入的行和原因：%(file)s") % {"file": rejected})
    parts = np.bincount(network.parts())
    alone = int(parts[1:].sum())
    if alone:
        told = _("有 %(n)s 个节点（%(parts)s 片）和主路网不相连：那里只当去不了。")
        print(told % {"n": alone, "parts": len(parts) - 1})
    if dry:
        print(_("这是试运行，什么都没有写入。"))
    counted = f"{found.read} read, {len(found.good)} ways, {len(found.bad)} rejected"
    boats = len(network.timetables)
    print(f"{counted}; {network.nodes} nodes, {network.arcs} arcs, {boats} ferries", flush=True)
