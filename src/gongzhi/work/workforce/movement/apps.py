"""Movement's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MovementConfig(AppConfig):
    """Vacancies, rotation, appeal."""

    name = "gongzhi.work.workforce.movement"
    label = "movement"

    def ready(self) -> None:
        """A place on the rail for everybody of the police."""
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.workforce.officers.permissions import is_police

        add_place(Place("movement:index", _("岗位"), "hand-over", 852, is_police))
