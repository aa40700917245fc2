"""The proof of retention: its place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    """What falls due, what was erased, what is held."""

    name = "gongzhi.watch.retention"
    label = "retention"

    def ready(self) -> None:
        """Put the page on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place

        may = holds("people.view_reads")
        add_place(Place("retention:kept", _("到期清除"), "hourglass", 943, may))
        add_place(Place("retention:processing", _("处理活动记录"), "clipboard", 944, may))
