"""The sources' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceivingConfig(AppConfig):
    """What other systems deliver, and what became of it."""

    name = "gongzhi.watch.exchange.receiving"
    label = "receiving"

    def ready(self) -> None:
        """Put the page on the rail, and say there what waits for a decision."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.watch.exchange.checks import add_check
        from gongzhi.watch.exchange.receiving.checks import look
        from gongzhi.watch.exchange.receiving.permissions import VIEW
        from gongzhi.watch.exchange.receiving.waiting import waiting

        add_place(Place("receiving:sources", _("数据来源"), "inbox", 930, holds(VIEW)))
        add_check("receiving", _("数据来源"), look)
        add_waiting("receiving:sources", "receiving", waiting)
