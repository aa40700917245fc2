"""The operations' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """How the platform itself runs."""

    name = "gongzhi.watch.operations"
    label = "operations"

    def ready(self) -> None:
        """Put the page on the rail, and say there what somebody has to see to."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.watch.operations.permissions import VIEW
        from gongzhi.watch.operations.waiting import waiting

        add_place(Place("operations:now", _("系统运行"), "pulse", 935, holds(VIEW)))
        add_waiting("operations:now", "operations", waiting)
