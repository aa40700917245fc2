"""Reach's place in Django."""

from django.apps import AppConfig


class ReachConfig(AppConfig):
    """Addresses that somebody proves to be theirs, for as long as that is needed."""

    name = "gongzhi.base.reach"
    label = "reach"
