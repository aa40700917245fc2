"""Open data's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpenDataConfig(AppConfig):
    """Figures that anybody may take away."""

    name = "gongzhi.watch.exchange.opendata"
    label = "opendata"

    def ready(self) -> None:
        """Put the page on the rail, say what waits there, and let `gongzhi exchange check` and the
        data catalogue know of what was published."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.watch.exchange.checks import add_check
        from gongzhi.watch.exchange.datasets.dcat import add_more
        from gongzhi.watch.exchange.opendata.checking import look
        from gongzhi.watch.exchange.opendata.dcat import add_versions
        from gongzhi.watch.exchange.opendata.permissions import CONFIRM
        from gongzhi.watch.exchange.opendata.waiting import waiting

        add_place(Place("opendata:board", _("公共数据"), "globe", 934, holds(CONFIRM)))
        add_waiting("opendata:board", "opendata", waiting)
        add_check("opendata", _("公共数据"), look)
        add_more(add_versions)
