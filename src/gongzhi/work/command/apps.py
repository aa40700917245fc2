"""The command lane's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommandConfig(AppConfig):
    """Command of large incidents."""

    name = "gongzhi.work.command"
    label = "command"

    def ready(self) -> None:
        """Tell how lanes read; show roll-calls on the crew's and the partner's page; take a place
        on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece
        from gongzhi.work.command import telling  # noqa: F401  (registers on import)
        from gongzhi.work.command.permissions import VIEW
        from gongzhi.work.command.selectors.rolls import roll_of_crew, roll_of_partner

        add_piece("crew", roll_of_crew)
        add_piece("partner", roll_of_partner)
        add_place(Place("command:lanes", _("指挥专班"), "flag", 15, holds(VIEW), "g z"))
