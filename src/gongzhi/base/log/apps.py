"""The log's place in Django."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    """The log."""

    name = "gongzhi.base.log"
    label = "log"
