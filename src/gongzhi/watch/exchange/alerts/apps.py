"""The outside warnings' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    """Feeds of the weather, of the sea, of neighbours."""

    name = "gongzhi.watch.exchange.alerts"
    label = "alerts"

    def ready(self) -> None:
        """Say beside the warnings' place on the rail what waits for a decision."""
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.watch.exchange.alerts.checks import faults
        from gongzhi.watch.exchange.alerts.waiting import waiting
        from gongzhi.watch.exchange.checks import add_check

        add_waiting("warnings:desk", "alerts", waiting)
        add_check("sources", _("外来预警的来源"), faults)
