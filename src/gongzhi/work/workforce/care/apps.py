"""The place of care in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    """Fatigue, talks in confidence, surveys without names."""

    name = "gongzhi.work.workforce.care"
    label = "care"

    def ready(self) -> None:
        """Places on the rail; a card on one's own record."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece
        from gongzhi.work.workforce.care.pages.elsewhere import offered
        from gongzhi.work.workforce.care.permissions import GIVE, VIEW
        from gongzhi.work.workforce.officers.permissions import is_police

        add_piece("crew", offered)
        add_piece("my_record", offered)
        add_place(Place("care:mine", _("护理警心"), "smile", 852, is_police))
        add_place(Place("care:desk", _("谈话"), "chat", 855, holds(GIVE)))
        add_place(Place("care:units", _("队伍心情"), "pulse", 854, holds(VIEW)))
