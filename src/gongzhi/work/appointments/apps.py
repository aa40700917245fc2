"""Appointments' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppointmentsConfig(AppConfig):
    """Booked times, the queue and the hall's screen."""

    name = "gongzhi.work.appointments"
    label = "appointments"

    def ready(self) -> None:
        """A place on the rail; what guides, followers and receipts show of booking."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.base.ui.pieces import add_piece, add_piece_about
        from gongzhi.work.appointments.pages.elsewhere import on_guide, on_receipt
        from gongzhi.work.appointments.permissions import VIEW
        from gongzhi.work.appointments.selectors.following import part_for
        from gongzhi.work.participation.selectors.more import add_part

        add_part(part_for)
        add_piece("service", on_guide)
        add_piece_about("receipt", on_receipt)
        add_place(Place("appointments:desk", _("叫号"), "people", 32, holds(VIEW)))
