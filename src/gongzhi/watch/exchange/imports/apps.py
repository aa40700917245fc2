"""The imports' place in Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Files from other systems."""

    name = "gongzhi.watch.exchange.imports"
    label = "imports"
