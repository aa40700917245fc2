"""The calls' place in Django."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Calls for service."""

    name = "gongzhi.work.calls"
    label = "calls"

    def ready(self) -> None:
        """Tell how calls read on an incident's timeline."""
        from gongzhi.work.calls import telling  # noqa: F401  (registers on import)
