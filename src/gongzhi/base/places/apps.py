"""The places' place in Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Counties, their areas and their gazetteer."""

    name = "gongzhi.base.places"
    label = "places"
