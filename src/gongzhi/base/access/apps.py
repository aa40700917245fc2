"""Access's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Permissions, sign-in and keys."""

    name = "gongzhi.base.access"
    label = "access"

    def ready(self) -> None:
        """Put the pages on the rail of those who may open them."""
        from gongzhi.base.access.permissions import holds
        from gongzhi.base.ui.navigation import Place, add_place

        add_place(Place("access:keys", _("接口密钥"), "key", 930, holds("access.manage_keys")))
