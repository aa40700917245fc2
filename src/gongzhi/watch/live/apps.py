"""The live line's place in Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The live line."""

    name = "gongzhi.watch.live"
    label = "live"
