"""The crews' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrewsConfig(AppConfig):
    """The crew's phone, check-ins and calls for help."""

    name = "gongzhi.work.crews"
    label = "crews"

    def ready(self) -> None:
        """Tell how reports read; put the page on the rail, and the alarms above the others."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place, set_alarms
        from gongzhi.work.crews import telling  # noqa: F401  (it registers on import)

        add_place(
            Place("crews:phone", _("我的出警"), "car", 20, holds("dispatch.work_unit"), "g u")
        )
        set_alarms("crews:alarms", holds("dispatch.view_console"))
