"""The organisation's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Units and accounts."""

    name = "gongzhi.base.people"
    label = "people"

    def ready(self) -> None:
        """Put the pages on the rail of those who may open them."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place

        may_manage, may_oversee = holds("people.manage_accounts"), holds("people.view_reads")
        add_place(Place("people:accounts", _("账号"), "people", 900, may_manage))
        add_place(Place("people:units", _("单位"), "building", 910, holds("people.manage_units")))
        add_place(Place("people:reads", _("查阅记录"), "eye", 920, may_oversee))
