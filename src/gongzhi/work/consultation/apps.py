"""The place of consultation in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    """Questions in everyday words, answered with an article and its legal basis."""

    name = "gongzhi.work.consultation"
    label = "consultation"

    def ready(self) -> None:
        """A place on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.consultation.permissions import VIEW

        add_place(Place("consultation:counted", _("咨询"), "question", 59, holds(VIEW)))
