"""The place of nodes in Django."""

from django.apps import AppConfig


class NodesConfig(AppConfig):
    """Places where patrols come again and again."""

    name = "gongzhi.work.patrol.nodes"
    label = "nodes"

    def ready(self) -> None:
        """How many drawings come to their end, for those who may renew them."""
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.patrol.nodes.waiting import waiting

        add_waiting("plans:board", "nodes", waiting)
