"""Supervision's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Rules over the log, and the findings they lead to."""

    name = "gongzhi.watch.supervision"
    label = "supervision"

    def ready(self) -> None:
        """Register the reader and its sweep; put the board on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.watch.supervision import holding, readers  # noqa: F401  (register on import)

        add_place(
            Place(
                "supervision:board", _("监督"), "check-circle", 60,
                holds("supervision.view_findings"), "g v",
            )
        )  # fmt: skip
        add_place(
            Place(
                "supervision:recordings", _("录音录像登记"), "camera", 62,
                holds("supervision.register_recording"), "g q",
            )
        )  # fmt: skip
