"""Replay's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReplayConfig(AppConfig):
    """Past shifts on the map, and what was learnt from them."""

    name = "gongzhi.watch.replay"
    label = "replay"

    def ready(self) -> None:
        """Register the reader that forgets; put the page on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.watch.replay import readers  # noqa: F401  (registers on import)

        add_place(Place("replay:shifts", _("回放"), "undo", 58, holds("replay.view_shift"), "g y"))
