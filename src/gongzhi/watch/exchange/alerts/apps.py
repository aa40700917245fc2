"""The outside warnings' place in Django."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Feeds of the weather, of the sea, of neighbours."""

    name = "gongzhi.watch.exchange.alerts"
    label = "alerts"
