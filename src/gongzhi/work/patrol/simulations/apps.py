"""The place of simulations in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SimulationsConfig(AppConfig):
    """What if: the county with something changed, beside today's."""

    name = "gongzhi.work.patrol.simulations"
    label = "simulations"

    def ready(self) -> None:
        """A place on the rail, and a queue among those that programs see to."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.log.queues import add_queue
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.patrol.simulations.permissions import VIEW
        from gongzhi.work.patrol.simulations.selectors.queue import under_way

        add_queue("simulations", _("推演"), under_way)
        add_place(Place("simulations:index", _("推演"), "layers", 60, holds(VIEW), "g m"))
