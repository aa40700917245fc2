"""The place of posts, skills and leave in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficersConfig(AppConfig):
    """People and units."""

    name = "gongzhi.work.workforce.officers"
    label = "officers"

    def ready(self) -> None:
        """Places on the rail, and how many requests for leave wait."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.workforce.officers.permissions import ORGANISATION, VIEW, is_police
        from gongzhi.work.workforce.officers.waiting import waiting

        add_waiting("officers:people", "leave", waiting)
        add_place(Place("officers:mine", _("我的档案"), "person", 850, is_police))
        add_place(Place("officers:people", _("岗位与人员"), "officer", 851, holds(VIEW)))
        add_place(
            Place("officers:organisation", _("编制与工作量"), "chart", 853, holds(ORGANISATION))
        )
