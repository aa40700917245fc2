"""The lake's place in Django."""

from django.apps import AppConfig


class LakeConfig(AppConfig):
    """Facts for analysis."""

    name = "gongzhi.watch.exchange.lake"
    label = "lake"
