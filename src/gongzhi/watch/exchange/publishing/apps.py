"""The streams' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """Which brokers the log is published to, and how far each has come."""

    name = "gongzhi.watch.exchange.publishing"
    label = "publishing"

    def ready(self) -> None:
        """Put the page on the rail, and let `gongzhi exchange check` look at the streams."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.watch.exchange.checks import add_check
        from gongzhi.watch.exchange.publishing.actions import MANAGE
        from gongzhi.watch.exchange.publishing.checks import faults

        add_place(Place("publishing:streams", _("数据流"), "send", 932, holds(MANAGE)))
        add_check("streams", _("数据流"), faults)
