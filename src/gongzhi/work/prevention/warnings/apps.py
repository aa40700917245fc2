"""The warnings' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WarningsConfig(AppConfig):
    """Warnings to residents."""

    name = "gongzhi.work.prevention.warnings"
    label = "warnings"

    def ready(self) -> None:
        """A place on the rail, and the line on residents' pages while a warning stands."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.banners import add_banner
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.prevention.warnings.banner import banner
        from gongzhi.work.prevention.warnings.permissions import WRITE
        from gongzhi.work.prevention.warnings.waiting import waiting

        add_banner(banner)
        add_waiting("warnings:desk", "warnings", waiting)
        add_place(Place("warnings:desk", _("预警"), "storm", 25, holds(WRITE), keys="g w"))
