"""Complaints' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    """Complaints against police, sealed from those complained of."""

    name = "gongzhi.work.complaints"
    label = "complaints"

    def ready(self) -> None:
        """Draw the circle around each complaint, tell followers, take a place on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.people.standing import add_circle
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.complaints import telling  # noqa: F401  (registers on import)
        from gongzhi.work.complaints.pages import complaining  # noqa: F401  (registers, too)
        from gongzhi.work.complaints.permissions import HANDLE, circle
        from gongzhi.work.complaints.selectors.following import part_for
        from gongzhi.work.participation.selectors.more import add_part

        add_part(part_for)
        add_circle(circle)
        add_place(
            Place("complaints:complaints", _("投诉"), "megaphone", 39, holds(HANDLE), keys="g o")
        )
