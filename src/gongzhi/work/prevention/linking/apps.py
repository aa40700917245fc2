"""The linked incidents' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinkingConfig(AppConfig):
    """Series of incidents, and what many residents report at once."""

    name = "gongzhi.work.prevention.linking"
    label = "linking"

    def ready(self) -> None:
        """Two places on the rail, and a line on the incident's page."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece_about
        from gongzhi.work.prevention.linking.permissions import TOPICS, VIEW
        from gongzhi.work.prevention.linking.piece import linked_with

        add_place(Place("linking:index", _("串并"), "link", 24, holds(VIEW), keys="g i"))
        add_place(Place("linking:topics", _("热点"), "chat", 31, holds(TOPICS), keys="g h"))
        add_piece_about("incident", linked_with)
