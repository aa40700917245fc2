"""The matters' place in Django."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Matters."""

    name = "gongzhi.base.matters"
    label = "matters"
