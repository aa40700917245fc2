"""Volunteering's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    """Tasks for volunteers."""

    name = "gongzhi.work.volunteering"
    label = "volunteering"

    def ready(self) -> None:
        """A place on the rail; what problems and the front door show of it."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece, add_piece_about
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.volunteering.pages.elsewhere import at_home, for_residents, for_staff
        from gongzhi.work.volunteering.permissions import VIEW
        from gongzhi.work.volunteering.waiting import waiting

        add_piece("home", at_home)
        add_piece_about("open_problem", for_residents("problem"))
        add_piece_about("problem", for_staff("problem"))
        for sort in ("proposal", "consultation"):
            add_piece_about(sort, for_residents(sort))
            add_piece_about(f"{sort}_desk", for_staff(sort))
        add_waiting("volunteering:desk", "thanks", waiting)
        add_place(Place("volunteering:desk", _("群防群治"), "people", 57, holds(VIEW)))
