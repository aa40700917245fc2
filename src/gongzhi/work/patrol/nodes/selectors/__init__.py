"""Reads of nodes."""

from gongzhi.work.patrol.nodes.selectors.hours import Need, needs_of_nodes
from gongzhi.work.patrol.nodes.selectors.standing import node_of, standing

__all__ = ["Need", "needs_of_nodes", "node_of", "standing"]
