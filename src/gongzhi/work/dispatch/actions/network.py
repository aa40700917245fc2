"""Taking a network of ways into use."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from gongzhi.analysis.travel import Network
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.dispatch.events import NETWORK_IMPORTED

ABOUT = "dispatch.network"


@action
def use_network(by: Actor, network: Network, path: Path) -> None:
    """Reckon travel times over this network from now on, in place of the one before. `path`: where
    the county keeps it.

    The file takes its place when the entry is written; whoever reads meanwhile has the old one.
    """
    new = path.with_suffix(".new")
    network.save(new)
    record(
        NETWORK_IMPORTED, ABOUT,
        nodes=network.nodes, arcs=network.arcs, ferries=len(network.timetables),
    )  # fmt: skip
    transaction.on_commit(lambda: new.replace(path))
