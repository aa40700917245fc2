"""The order of a network's nodes, the costly part of a hierarchy: found once, then kept."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from pyroutingkit import CCH

from gongzhi.analysis.travel.network import Network


class Orders:
    """The orders of one network, kept in `folder`; in a passing one without it."""

    def __init__(self, network: Network, folder: Path | None) -> None:
        self.network, self.folder = network, folder
        self._aside: TemporaryDirectory[str] | None = None

    def topology(self, *, forward: bool) -> CCH:
        """A hierarchy without times, of the arcs, or of the arcs backwards: from one place to many
        is 25 times as quick as to one from many. A recommendation asks the second, a map of times
        the first."""
        folder = self._place(forward=forward)
        if not folder.is_dir():
            net, built = self.network, CCH()
            ends = (net.tail, net.head) if forward else (net.head, net.tail)
            built.build_topology(
                *(end.astype(np.uint32) for end in ends),
                net.lat.astype(np.float32), net.lon.astype(np.float32), node_count=net.nodes,
            )  # fmt: skip
            keep(built, folder)
        cch = CCH()
        cch.load_topology(str(folder))
        return cch

    def _place(self, *, forward: bool) -> Path:
        """The folder for this order, by what it depends on."""
        if self.folder is None:
            self._aside = self._aside or TemporaryDirectory(prefix="gongzhi-ways-")
            self.folder = Path(self._aside.name)
        net, mark = self.network, sha256(version("pyroutingkit").encode())
        for array in (net.tail, net.head, net.lat, net.lon):
            mark.update(np.ascontiguousarray(array).tobytes())
        return self.folder / (mark.hexdigest()[:24] + ("-forward" if forward else ""))


def keep(built: CCH, folder: Path) -> None:
    """Save the order whole or not at all: two processes may do so at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix="part-") as part:
        built.save_topology(part)
        with suppress(OSError):  # the other one was quicker: its order is the same
            Path(part).rename(folder)
