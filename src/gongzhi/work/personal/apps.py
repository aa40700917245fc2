"""Requests about one's own data: their place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonalConfig(AppConfig):
    """What people may ask about what is held of them."""

    name = "gongzhi.work.personal"
    label = "personal"

    def ready(self) -> None:
        """Draw the circle around each request, tell followers, take a place on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.people.standing import add_circle
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece
        from gongzhi.base.ui.waiting import add_waiting
        from gongzhi.work.participation.selectors.more import add_part
        from gongzhi.work.personal import telling  # noqa: F401  (registers on import)
        from gongzhi.work.personal.permissions import DECIDE, FILES, circle
        from gongzhi.work.personal.selectors.following import part_for
        from gongzhi.work.personal.waiting import waiting

        add_circle(circle)
        add_part(part_for)
        add_piece("own_details", lambda _request: ("personal/_way.html", {}))
        add_waiting("personal:requests", "personal", waiting)
        add_place(Place("personal:requests", _("个人信息请求"), "shield", 941, holds(DECIDE)))
        add_place(Place("personal:files", _("安全事件、影响评估"), "alert", 942, holds(FILES)))
