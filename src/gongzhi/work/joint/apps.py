"""Joint handling's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JointConfig(AppConfig):
    """Parts of a matter, done by several units."""

    name = "gongzhi.work.joint"
    label = "joint"

    def ready(self) -> None:
        """Tell how it reads on a timeline, show it on requests, take a place on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece, add_piece_about
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.joint import permissions, telling  # noqa: F401  (register on import)
        from gongzhi.work.joint.pages.piece import joint_of_request, same_in_inbox
        from gongzhi.work.joint.waiting import disputed, told_up, waiting

        add_piece("requests", same_in_inbox)
        add_piece_about("request", joint_of_request)
        add_place(Place("joint:parts", _("协办"), "split", 31, holds(permissions.VIEW)))
        add_place(Place("joint:escalations", _("升级"), "bell", 32, holds(permissions.ESCALATIONS)))
        add_waiting("joint:parts", "parts", waiting)
        add_waiting("joint:parts", "disputes", disputed)
        add_waiting("joint:escalations", "escalations", told_up)
