"""The place of forecasts in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForecastsConfig(AppConfig):
    """What is foreseen by place and shift, and how good it is."""

    name = "gongzhi.work.patrol.forecasts"
    label = "forecasts"

    def ready(self) -> None:
        """A place on the rail; what calls will want of a station, for whoever plans its roster."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.patrol.forecasts.permissions import VIEW
        from gongzhi.work.patrol.forecasts.selectors.hours import hours_for
        from gongzhi.work.workforce.rosters.foreseen import add_foreseen

        add_foreseen(hours_for)
        add_place(Place("forecasts:ahead", _("预测"), "chart", 58, holds(VIEW), "g e"))
