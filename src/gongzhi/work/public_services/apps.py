"""Public services' place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicServicesConfig(AppConfig):
    """Guidance, applications and the counter."""

    name = "gongzhi.work.public_services"
    label = "public_services"

    def ready(self) -> None:
        """Tell followers, say who sees materials, take a place on the rail."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.people.fields import add_labels
        from gongzhi.base.ui.navigation import Place, add_place
        from gongzhi.work.participation.selectors.more import add_part
        from gongzhi.work.public_services import telling  # noqa: F401  (registers on import)
        from gongzhi.work.public_services.pages import files  # noqa: F401  (registers, too)
        from gongzhi.work.public_services.permissions import PHONE, VIEW
        from gongzhi.work.public_services.selectors.following import part_for
        from gongzhi.work.public_services.selectors.labels import labels_for

        add_part(part_for)
        add_labels(labels_for)
        may, phones = holds(VIEW), holds(PHONE)
        add_place(Place("public_services:desk", _("办事"), "clipboard", 31, may, keys="g k"))
        add_place(
            Place(
                "public_services:phone", _("电话代办"), "phone", 32,
                lambda request: phones(request) and not may(request),
            )
        )  # fmt: skip
