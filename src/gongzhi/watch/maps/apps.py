"""The three maps' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MapsConfig(AppConfig):
    """What happened, what is fixed and what is moving."""

    name = "gongzhi.watch.maps"
    label = "maps"

    def ready(self) -> None:
        """Put the page on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place

        add_place(Place("maps:maps", _("三张图"), "map", 57, holds("maps.view_maps"), "g t"))
