"""The agreements' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    """Who may get which fields of which data, for what, until when."""

    name = "gongzhi.watch.exchange.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Put the page on the rail, and say there what waits for a decision."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.watch.exchange.agreements.checks import look
        from gongzhi.watch.exchange.agreements.permissions import VIEW
        from gongzhi.watch.exchange.agreements.waiting import waiting
        from gongzhi.watch.exchange.checks import add_check

        add_place(Place("agreements:agreements", _("数据共享"), "link", 929, holds(VIEW)))
        add_check("agreements", _("数据共享约定"), look)
        add_waiting("agreements:agreements", "agreements", waiting)
