"""Cases' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Administrative and criminal cases."""

    name = "gongzhi.work.cases"
    label = "cases"

    def ready(self) -> None:
        """Draw the circle around each case; put the cases on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.people.standing import add_circle
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.cases import erasing, telling  # noqa: F401  (register on import)
        from gongzhi.work.cases.permissions import circle
        from gongzhi.work.cases.selectors.following import part_for
        from gongzhi.work.participation.selectors.more import add_part

        add_part(part_for)
        add_circle(circle)
        add_place(Place("cases:cases", _("案件"), "clipboard", 38, holds("cases.view_case"), "g a"))
