"""The organisation's place in Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Units and accounts."""

    name = "gongzhi.base.people"
    label = "people"
