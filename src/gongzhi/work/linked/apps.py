"""Linked response's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinkedConfig(AppConfig):
    """Partners, what they are asked, and what they answer."""

    name = "gongzhi.work.linked"
    label = "linked"

    def ready(self) -> None:
        """Tell how requests read on an incident's timeline; put the inbox on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.linked import permissions, telling  # noqa: F401  (register on import)
        from gongzhi.work.linked.waiting import waiting

        add_place(
            Place("linked:inbox", _("联动请求"), "link", 25, holds(permissions.ANSWER), "g l")
        )
        add_place(Place("linked:late", _("联动催办"), "late", 13, holds(permissions.ASK), "g p"))
        add_waiting("linked:late", "linked", waiting)
