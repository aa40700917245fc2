"""Notices' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What people asked to be told, and how it goes."""

    name = "gongzhi.watch.notices"
    label = "notices"

    def ready(self) -> None:
        """Put the page on the rail, and say there when something can't be sent."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece, add_piece_about
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.watch.notices.permissions import OVERSEE
        from gongzhi.watch.notices.waiting import waiting

        add_place(Place("notices:notices", _("消息发送"), "bell", 932, holds(OVERSEE)))
        add_waiting("notices:notices", "notices", waiting)
        add_piece_about("followed", lambda _request, _matter: ("notices/_followed.html", {}))
        add_piece("open_problem", lambda _request: ("notices/_problems.html", {}))
        add_piece("home", lambda _request: ("notices/_home.html", {}))
