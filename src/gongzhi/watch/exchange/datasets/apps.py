"""The data catalogue's place in Django."""

from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    """Reads the models of all apps; holds nothing itself."""

    name = "gongzhi.watch.exchange.datasets"
    label = "datasets"
