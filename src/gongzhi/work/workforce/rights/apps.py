"""Officers' rights' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Harm to officers on duty and untrue accusations, with help for both."""

    name = "gongzhi.work.workforce.rights"
    label = "rights"

    def ready(self) -> None:
        """Draw the circle around each matter; a place on the rail for everybody of the police."""
        from gongzhi.base.people.standing import add_circle
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.workforce.officers.permissions import is_police
        from gongzhi.work.workforce.rights import telling  # noqa: F401  (registers on import)
        from gongzhi.work.workforce.rights.permissions import circle
        from gongzhi.work.workforce.rights.waiting import waiting

        add_circle(circle)
        add_waiting("rights:index", "rights", waiting)
        add_place(Place("rights:index", _("维权"), "shield", 860, is_police))
