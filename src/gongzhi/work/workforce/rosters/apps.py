"""The place of rosters in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RostersConfig(AppConfig):
    """Rosters."""

    name = "gongzhi.work.workforce.rosters"
    label = "rosters"

    def ready(self) -> None:
        """Places on the rail; when people are on duty, for whoever asks (`officers.duty`)."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.workforce.officers.duty import add_duties
        from gongzhi.work.workforce.officers.permissions import is_police
        from gongzhi.work.workforce.rosters.permissions import VIEW
        from gongzhi.work.workforce.rosters.times import stretches

        add_duties(stretches)
        add_place(Place("rosters:mine", _("我的班"), "calendar", 849, is_police))
        add_place(Place("rosters:index", _("班表"), "calendar", 852, holds(VIEW)))
