"""Dispatch's place in Django."""

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    """Units and their assignments."""

    name = "gongzhi.work.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        """Tell how assignments read on an incident's timeline."""
        from gongzhi.work.dispatch import telling  # noqa: F401  (registers on import)
