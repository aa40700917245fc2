"""The place of plans in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """Plans of patrols."""

    name = "gongzhi.work.patrol.plans"
    label = "plans"

    def ready(self) -> None:
        """A place on the rail, and the crew's stops on its phone."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece
        from gongzhi.work.patrol.plans.permissions import VIEW
        from gongzhi.work.patrol.plans.selectors.crew import patrol_of_crew

        add_piece("crew", patrol_of_crew)
        add_place(Place("plans:board", _("巡逻"), "foot", 26, holds(VIEW), "g x"))
