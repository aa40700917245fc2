"""The app's name and label."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers templates, static files and the template tags."""

    name = "gongzhi.base.ui"
    label = "ui"
