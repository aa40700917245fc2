"""Participation's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """Residents' part."""

    name = "gongzhi.work.participation"
    label = "participation"

    def ready(self) -> None:
        """Tell how it reads on a timeline, and take a place on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece
        from gongzhi.work.participation import telling  # noqa: F401  (registers on import)
        from gongzhi.work.participation.pages import photos  # noqa: F401  (registers, too)
        from gongzhi.work.participation.pages.thanked import thanked

        add_piece("care_page", thanked)

        may = holds("participation.view_requests")
        add_place(Place("participation:requests", _("诉求"), "inbox", 30, may, keys="g r"))
        add_place(Place("participation:board", _("时限板"), "clock", 31, may))
        may = holds("participation.view_routing")
        add_place(Place("participation:routing", _("分派"), "bulb", 68, may))
