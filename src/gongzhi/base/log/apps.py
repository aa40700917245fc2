"""The log's place in Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LogConfig(AppConfig):
    """The log."""

    name = "gongzhi.base.log"
    label = "log"

    def ready(self) -> None:
        """Let every app register its readers and jobs."""
        autodiscover_modules("readers")
