"""The webhooks' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Addresses of partners' systems, and what is still to be told there."""

    name = "gongzhi.watch.exchange.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Put the page on the rail, and say there when one was given up."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.watch.exchange.checks import add_check
        from gongzhi.watch.exchange.webhooks.actions import MANAGE
        from gongzhi.watch.exchange.webhooks.checks import faults, partners
        from gongzhi.watch.exchange.webhooks.waiting import waiting

        add_place(Place("webhooks:hooks", _("推送"), "send", 931, holds(MANAGE)))
        add_check("partners", _("联动单位和接口密钥"), partners)
        add_check("hooks", _("推送"), faults)
        add_waiting("webhooks:hooks", "webhooks", waiting)
