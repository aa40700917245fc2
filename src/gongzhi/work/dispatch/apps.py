"""Dispatch's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DispatchConfig(AppConfig):
    """Units and their assignments."""

    name = "gongzhi.work.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        """Tell how assignments read on an incident's timeline; put the pages on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.dispatch import (  # noqa: F401  (they register on import)
            permissions,
            telling,
        )

        add_place(
            Place("dispatch:console", _("调度台"), "map", 10, holds("dispatch.view_console"), "g d")
        )
        add_place(
            Place("dispatch:fleet", _("出警单位"), "car", 25, holds("dispatch.view_units"), "g n")
        )
