"""What can be done with nodes."""

from gongzhi.work.patrol.nodes.actions.county import open_nodes_of
from gongzhi.work.patrol.nodes.actions.drawing import (
    Told,
    change_node,
    draw_node,
    end_node,
    end_those_over,
    open_node,
)

__all__ = [
    "Told", "change_node", "draw_node", "end_node", "end_those_over", "open_node", "open_nodes_of"
]  # fmt: skip
