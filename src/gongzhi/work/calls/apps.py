"""The calls' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    """Calls for service."""

    name = "gongzhi.work.calls"
    label = "calls"

    def ready(self) -> None:
        """Tell how calls read on an incident's timeline; put the page on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.calls import telling  # noqa: F401  (registers on import)

        erases = holds("calls.erase_words")
        add_place(Place("calls:erase", _("清除内容"), "trash", 940, may=erases))
        takes, answers = holds("calls.take_call"), holds("calls.answer_referred")
        add_place(Place("calls:backs", _("回拨"), "phone", 11, may=takes, keys="g b"))
        add_place(Place("calls:referred", _("110 转办"), "hand-over", 12, may=answers))
        add_place(
            Place("calls:new", _("接警"), "headset", 10, may=holds("calls.take_call"), keys="g c")
        )
