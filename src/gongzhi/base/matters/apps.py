"""The matters' place in Django."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Matters."""

    name = "gongzhi.base.matters"
    label = "matters"

    def ready(self) -> None:
        """Say who sees what is attached to matters."""
        from gongzhi.base.matters import permissions  # noqa: F401
