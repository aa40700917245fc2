"""The log's place in Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LogConfig(AppConfig):
    """The log. Once it is ready, the events of every app are declared."""

    name = "gongzhi.base.log"
    label = "log"

    def ready(self) -> None:
        """Read every app's ``events.py``, and let every app register its readers and jobs."""
        autodiscover_modules("events", "readers")
