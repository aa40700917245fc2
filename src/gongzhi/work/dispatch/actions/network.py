"""Taking a network of ways into use."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from gongzhi.analysis.travel import Network
from gongzhi.base.log.actions import action, record
from gongzhi.base.log.actor import Actor
from gongzhi.work.dispatch.events import NETWORK_IMPORTED

ABOUT = "dispatch.network"
SEA = "sea.npz"


@action
def use_network(by: Actor, network: Network, path: Path, *, sea: Network | None = None) -> None:
    """Reckon travel times over this network from now on, in place of the one before, and boats'
    over this sea. `path`: where the county keeps the network; the sea lies beside it.

    The files take their places when the entry is written; whoever reads meanwhile has the old.
    """
    brought = {path: network} | ({path.with_name(SEA): sea} if sea else {})
    for place, one in brought.items():
        one.save(place.with_suffix(".new"))
    record(
        NETWORK_IMPORTED, ABOUT,
        nodes=network.nodes, arcs=network.arcs, ferries=len(network.timetables),
        sea=sea.nodes if sea else None,
    )  # fmt: skip
    transaction.on_commit(lambda: [one.with_suffix(".new").replace(one) for one in brought])
